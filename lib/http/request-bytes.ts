import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'
import { ExpectedError } from '@/lib/errors'
import { guardExpansion } from '@/lib/pipeline/parse/guard-expansion'

/** A request's body as it arrives, unpacked when it is sent with `Content-Encoding: gzip`. */
export async function* requestBytes(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return
  const body = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>)
  const encoding = request.headers.get('content-encoding')?.toLowerCase() ?? 'identity'
  if (encoding === 'identity') yield* body
  else if (encoding === 'gzip') yield* gunzip(body)
  else
    throw new ExpectedError('invalid-input', `Content-Encoding ${encoding} is not read: send gzip or none.`)
}

async function* gunzip(body: Readable): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip()
  body.on('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  try {
    yield* guardExpansion(unpacked, () => unpacked.bytesWritten)
  } catch (error) {
    throw toFailure(error)
  }
}

function toFailure(cause: unknown): ExpectedError {
  return cause instanceof RangeError
    ? new ExpectedError('too-large', `The body ${cause.message}.`, { cause })
    : new ExpectedError(
        'invalid-input',
        'The body says gzip, but cannot be unpacked: it is damaged or cut off.',
        {
          cause,
        },
      )
}
