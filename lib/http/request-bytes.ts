import { Readable, type Transform } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createGunzip, createInflate } from 'node:zlib'
import { ExpectedError } from '@/lib/errors'
import { guardExpansion } from '@/lib/pipeline/parse/guard-expansion'

/** What a body may cost. */
export type BodyLimits = {
  /** Unpacked bytes. */
  maxBytes?: number
  /** Milliseconds without a byte. */
  maxSilence?: number
}

/** As long as a sender may take to come to the end of what is refused already. */
const REFUSED_MS = 10_000

/** How bodies may be packed (RFC 9110, 8.4.1); `deflate` is the zlib format. */
const UNPACKERS: Readonly<Record<string, () => Transform & { bytesWritten: number }>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
}

/**
 * A request's body as it arrives, unpacked when it is sent with `Content-Encoding: gzip` or `deflate`.
 * @throws ExpectedError 'unsupported-encoding' (a form too), 'too-large' (bombs too), 'too-slow', or 'invalid-input' for one that cannot be unpacked
 */
export async function* requestBytes(request: Request, limits: BodyLimits = {}): AsyncGenerator<Uint8Array> {
  refuseForm(request)
  const unpack = unpackerOf(request)
  if (!request.body) return
  const { maxBytes = Number.POSITIVE_INFINITY, maxSilence } = limits
  // what is packed is larger unpacked: no need to read it to know
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
  const body = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>)
  const silence = maxSilence === undefined ? null : watchSilence(body, maxSilence)
  let total = 0
  try {
    const pieces = unpack === null ? body.iterator({ destroyOnReturn: false }) : unpacked(body, unpack())
    for await (const piece of pieces) {
      total += piece.length
      if (total > maxBytes) throw tooLarge(maxBytes)
      silence?.pause()
      yield piece
      silence?.resume()
    }
  } finally {
    silence?.pause()
    throwAway(body)
  }
}

/**
 * Reads what is left of a body that is refused before its end: its sender's next request comes on the same connection, behind these bytes, and would
 * wait there until the connection is given up.
 */
function throwAway(body: Readable): void {
  if (body.readableEnded || body.destroyed) return
  const impatience = setTimeout(() => body.destroy(), REFUSED_MS).unref()
  body.once('close', () => clearTimeout(impatience))
  body.on('error', () => undefined)
  body.resume()
}

/** What stands around a form's file would be read as a part of it. */
function refuseForm(request: Request): void {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('multipart/')) return
  throw new ExpectedError(
    'unsupported-encoding',
    'A form is not read: send what is in it as the body itself, as curl --data-binary @FILE does.',
  )
}

function unpackerOf(request: Request) {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() || 'identity'
  if (encoding === 'identity') return null
  const unpack = Object.hasOwn(UNPACKERS, encoding) ? UNPACKERS[encoding] : undefined
  if (unpack) return unpack
  throw new ExpectedError(
    'unsupported-encoding',
    `Content-Encoding ${encoding.slice(0, 40)} is not read: send gzip, deflate or none.`,
  )
}

function tooLarge(maxBytes: number): ExpectedError {
  return new ExpectedError(
    'too-large',
    `The body is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB: send less at once.`,
  )
}

/** Ends a body whose sender falls silent; while we are the ones who do not read, it may be. */
function watchSilence(body: Readable, ms: number) {
  const stop = () =>
    body.destroy(new ExpectedError('too-slow', `Nothing arrived for ${ms / 1000} seconds: send it again.`))
  let timer = setTimeout(stop, ms)
  return {
    pause: () => clearTimeout(timer),
    resume: () => {
      timer = setTimeout(stop, ms)
    },
  }
}

async function* unpacked(
  body: Readable,
  unpack: Transform & { bytesWritten: number },
): AsyncGenerator<Uint8Array> {
  body.on('error', (error) => unpack.destroy(error)).pipe(unpack)
  try {
    yield* guardExpansion(unpack, () => unpack.bytesWritten)
  } catch (error) {
    throw toFailure(error)
  } finally {
    body.unpipe(unpack)
    unpack.destroy()
  }
}

function toFailure(cause: unknown): unknown {
  if (cause instanceof RangeError)
    return new ExpectedError('too-large', `The body ${cause.message}.`, { cause })
  const { code } = cause as { code?: unknown }
  if (typeof code !== 'string' || !code.startsWith('Z_')) return cause
  return new ExpectedError('invalid-input', 'The body cannot be unpacked: it is damaged or cut off.', {
    cause,
  })
}
