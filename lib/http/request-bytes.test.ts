import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type BodyLimits, requestBytes } from './request-bytes'

type Sent = { body: Uint8Array | ReadableStream; encoding?: string; length?: number; type?: string }

function request({ body, encoding, length, type }: Sent): Request {
  return new Request('http://cordon.test/', {
    method: 'POST',
    headers: {
      ...(encoding && { 'content-encoding': encoding }),
      ...(length && { 'content-length': String(length) }),
      ...(type && { 'content-type': type }),
    },
    body,
    duplex: 'half',
  } as RequestInit)
}

async function read(sent: Sent, limits?: BodyLimits): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of requestBytes(request(sent), limits)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const TEXT = 'an event\n'.repeat(10_000)

test.each([
  ['identity', Buffer.from(TEXT)],
  ['gzip', gzipSync(TEXT)],
  ['X-GZIP', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
])('a body sent as %s arrives as it was', async (encoding, body) => {
  expect(await read({ body, encoding })).toBe(TEXT)
})

test.each(['zstd', 'br', 'gzip, gzip', '__proto__', 'x'.repeat(500)])(
  'a body sent as %s is refused as unsupported',
  async (encoding) => {
    await expect(read({ body: Buffer.from(TEXT), encoding })).rejects.toMatchObject({
      code: 'unsupported-encoding',
    })
  },
)

test('a form is refused and told what to send instead; any other type is as good as none', async () => {
  const body = Buffer.from(TEXT)
  await expect(read({ body, type: 'Multipart/form-data; boundary=x' })).rejects.toMatchObject({
    code: 'unsupported-encoding',
    message: expect.stringContaining('--data-binary'),
  })
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'no type'])
    expect(await read({ body, type })).toBe(TEXT)
})

test.each([
  ['cut off', gzipSync(TEXT).subarray(0, 60)],
  ['no gzip at all', Buffer.from(TEXT)],
])('a packed body that is %s is invalid, not a fault', async (_what, body) => {
  await expect(read({ body, encoding: 'gzip' })).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a body is counted unpacked, and stopped at its limit', async () => {
  const limits = { maxBytes: 1000 }
  const tooLarge = { code: 'too-large' }
  await expect(read({ body: gzipSync(TEXT), encoding: 'gzip' }, limits)).rejects.toMatchObject(tooLarge)
  await expect(read({ body: Buffer.from(TEXT) }, limits)).rejects.toMatchObject(tooLarge)
  await expect(read({ body: Buffer.from('x'), length: 1001 }, limits)).rejects.toMatchObject(tooLarge)
  expect(await read({ body: gzipSync(TEXT), encoding: 'gzip' }, { maxBytes: TEXT.length })).toBe(TEXT)
})

test('a decompression bomb is refused before it is unpacked', async () => {
  const zeros = gzipSync(Buffer.alloc(100 * 1024 * 1024))
  await expect(read({ body: zeros, encoding: 'gzip' })).rejects.toMatchObject({ code: 'too-large' })
})

test('a sender that falls silent is sent away; one that we keep waiting is not', async () => {
  const silent = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('a')) })
  const limits = { maxSilence: 20 }
  await expect(read({ body: silent }, limits)).rejects.toMatchObject({ code: 'too-slow' })
  const pieces: Uint8Array[] = []
  for await (const piece of requestBytes(request({ body: Buffer.from('a') }), limits)) {
    const before = performance.now()
    while (performance.now() - before < 40) await new Promise((resolve) => setImmediate(resolve))
    pieces.push(piece)
  }
  expect(pieces).toHaveLength(1)
})

test.each([
  ['identity', Buffer.from(TEXT), 'too-large'],
  ['gzip', Buffer.from(TEXT), 'invalid-input'],
  ['gzip', gzipSync(TEXT), 'too-large'],
])(
  'what follows in a body sent as %s that is refused is read to its end: the next request on the connection waits behind it',
  async (encoding, start, code) => {
    let sent = 0
    let isRead = false
    const body = new ReadableStream({
      pull(controller) {
        if (sent > 200) {
          isRead = true
          controller.close()
        } else controller.enqueue(sent++ === 0 ? start : Buffer.alloc(10_000))
      },
    })
    await expect(read({ body, encoding }, { maxBytes: 1000 })).rejects.toMatchObject({ code })
    await expect.poll(() => isRead).toBe(true)
  },
)
