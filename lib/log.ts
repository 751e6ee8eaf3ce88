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

/** PostgreSQL quotes rows in these fields of its errors, and Prisma keeps them in `meta`: command lines and names have no place in a log. */
const QUOTING = ['detail', 'where', 'internalQuery', 'meta']

/** Prisma quotes what was to be written, whatever its errorFormat, before what is wrong with it. */
const INVALID = 'PrismaClientValidationError'

function withoutData(error: pino.SerializedError): pino.SerializedError {
  for (const name of QUOTING) delete error[name]
  if (error.type !== INVALID) return error
  const { message } = error
  const words = message.split('\n\n').at(-1) ?? ''
  return Object.assign(error, { message: words, stack: error.stack.replace(message, () => words) })
}
