import pino from 'pino'
import { env } from './env'

let shared: pino.Logger | null = null

/** The process's log: one JSON line an event, on standard error so that commands keep standard output for results. */
export function log(): pino.Logger {
  shared ??= pino(
    {
      name: 'cordon',
      level: env('LOG_LEVEL'),
      redact: ['password', '*.password', 'authorization', '*.authorization', 'cookie', '*.cookie'],
    },
    pino.destination({ dest: 2, sync: true }),
  )
  return shared
}
