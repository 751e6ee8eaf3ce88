import pino from 'pino'
import { env } from './env'

let shared: pino.Logger | null = null

/** The process's log: one JSON line an event, on standard error so that commands keep standard output for results. */
export function log(): pino.Logger {
  shared ??= pino(
    {
      name: 'cordon',
      level: env('LOG_LEVEL'),
      serializers: { err: pino.stdSerializers.wrapErrorSerializer(withoutData) },
      redact: ['password', '*.password', 'authorization', '*.authorization', 'cookie', '*.cookie'],
    },
    pino.destination({ dest: 2, sync: true }),
  )
  return shared
}

/** PostgreSQL quotes rows in these fields of its errors: command lines and names have no place in a log. */
const QUOTING = ['detail', 'where', 'internalQuery']

function withoutData(error: pino.SerializedError): pino.SerializedError {
  for (const name of QUOTING) delete error[name]
  return error
}
