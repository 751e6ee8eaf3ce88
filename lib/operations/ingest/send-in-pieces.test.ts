import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import { withTestDatabase } from '@/lib/store/test-database'
import { findChunk, removeUnreadChunks } from '@/lib/store/upload-chunks'
import { cancelUpload } from './cancel-upload'
import { receiveUpload } from './receive-upload'
import { openUpload, receivePiece } from './send-in-pieces'

const MIB = 1024 * 1024

withTestDatabase()

const SOMEBODY_ELSE = '5b0f3a52-0e1c-4b8e-9a53-0d6b1d2a7c12'

/** People of one name. */
function person(accountId = '5b0f3a52-0e1c-4b8e-9a53-0d6b1d2a7c11'): Actor {
  return {
    kind: 'account',
    accountId,
    email: 'x@corp.example',
    name: 'Rana',
    role: 'responder',
    scope: { kind: 'all' },
  }
}

async function* stream(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
async function* broken(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
  throw new Error('aborted')
}

function offer(content: Buffer, fingerprint = 'changed 1') {
  return { name: 'log.evtx', sizeBytes: content.length, fingerprint, hostOverride: null }
}

async function stored(id: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let position = 0; ; position++) {
    const chunk = await findChunk(pool(), id, position)
    if (chunk === null) return Buffer.concat(pieces)
    pieces.push(chunk)
  }
}

test('a broken connection loses no whole MiB, and the same file again goes on from there to the same bytes', async () => {
  const content = randomBytes(3 * MIB + 100)
  const first = await openUpload(person(), offer(content))
  expect(first.receivedBytes).toBe(0)
  const sent = broken(content.subarray(0, 2 * MIB + 7))
  await expect(receivePiece(person(), { id: first.id, offset: 0 }, sent)).rejects.toThrow('aborted')

  const again = await openUpload(person(), { ...offer(content), hostOverride: 'said-now', dateOrder: 'dmy' })
  expect(again).toEqual({ id: first.id, receivedBytes: 2 * MIB })
  const rest = stream(content.subarray(2 * MIB))
  expect(await receivePiece(person(), { id: first.id, offset: 2 * MIB }, rest)).toBe(content.length)
  expect(await findUpload(importViewer(person()), first.id)).toMatchObject({
    state: 'queued',
    receivedBytes: content.length,
    hostOverride: 'said-now',
    dateOrder: 'dmy',
  })
  expect((await stored(first.id)).equals(content)).toBe(true)
})

test('pieces that arrive twice, even at the same time, are stored once', async () => {
  const content = randomBytes(2 * MIB + 1)
  const { id } = await openUpload(person(), offer(content, 'twice'))
  const send = () => receivePiece(person(), { id, offset: 0 }, stream(content.subarray(0, 2 * MIB)))
  expect(await Promise.all([send(), send(), send()])).toContain(2 * MIB)
  expect(await receivePiece(person(), { id, offset: MIB }, stream(content.subarray(MIB, 2 * MIB)))).toBe(
    2 * MIB,
  )
  await receivePiece(person(), { id, offset: 2 * MIB }, stream(content.subarray(2 * MIB)))
  expect((await stored(id)).equals(content)).toBe(true)
})

test('another file, another person, a gap, too many bytes and an empty file are refused or begin anew', async () => {
  const content = randomBytes(MIB + 1)
  const { id } = await openUpload(person(), offer(content, 'mine'))
  expect((await openUpload(person(), offer(content, 'changed since'))).id).not.toBe(id)
  expect((await openUpload(person(SOMEBODY_ELSE), offer(content, 'mine'))).id).not.toBe(id)
  const piece = () => stream(content)
  await expect(receivePiece(person(SOMEBODY_ELSE), { id, offset: 0 }, piece())).rejects.toThrow(
    /no such upload/,
  )
  await expect(receivePiece(person(), { id, offset: MIB }, piece())).rejects.toThrow(/0 bytes/)
  await expect(receivePiece(person(), { id, offset: 0 }, stream(randomBytes(2 * MIB)))).rejects.toThrow(
    /announced/,
  )
  await expect(openUpload(person(), offer(Buffer.alloc(0)))).rejects.toThrow(/empty/)
})

test('a cancelled upload takes no more bytes, whichever way they come', async () => {
  const content = randomBytes(2 * MIB)
  const { id } = await openUpload(person(), offer(content, 'cancelled'))
  await cancelUpload(person(), id)
  await expect(receivePiece(person(), { id, offset: 0 }, stream(content))).rejects.toThrow(ExpectedError)

  async function* cancelledHalfWay(): AsyncGenerator<Uint8Array> {
    yield content.subarray(0, MIB)
    const { rows } = await pool().query("SELECT id FROM upload WHERE name = 'streamed'")
    await cancelUpload(person(), rows[0].id)
    yield content.subarray(MIB)
  }
  const streamed = { name: 'streamed', sizeBytes: null, hostOverride: null }
  await expect(receiveUpload(person(), streamed, cancelledHalfWay())).rejects.toThrow(/cancelled/)
  const { rows } = await pool().query("SELECT state FROM upload WHERE name = 'streamed'")
  expect(rows).toEqual([{ state: 'cancelled' }])
})

test('an upload is admitted while all of it fits beside the others, and then arrives to its end', async () => {
  const content = randomBytes(2 * MIB)
  const refusal = { code: 'busy', message: expect.stringMatching(/Of the 100 GB/) }
  const { id } = await openUpload(person(), offer(content, 'begun'))
  const announce = (gb: number, fingerprint: string) =>
    openUpload(person(), { ...offer(content, fingerprint), sizeBytes: gb * 1024 ** 3 })
  const asked = await Promise.allSettled(['one', 'other'].map((name) => announce(60, name)))
  expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const large = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []))
  await expect(announce(60, 'third')).rejects.toMatchObject(refusal)
  await announce(39, 'fits')
  // as of a bound that was lowered since
  await pool().query('UPDATE upload SET received_bytes = 100::bigint << 30 WHERE id = $1', large)
  await expect(openUpload(person(), offer(content, 'new'))).rejects.toMatchObject(refusal)
  expect(await receivePiece(person(), { id, offset: 0 }, stream(content))).toBe(content.length)
  await pool().query("UPDATE upload SET state = 'cancelled' WHERE size_bytes >= 39::bigint << 30")
  expect(await openUpload(person(), offer(content, 'new'))).toMatchObject({ receivedBytes: 0 })
  await expect(announce(101, 'larger')).rejects.toMatchObject({ code: 'too-large' })
})

test('what stopped arriving keeps room for what arrived, and goes on only where there is room for its rest', async () => {
  const size = 60 * 1024 ** 3
  const large = (fingerprint: string) =>
    openUpload(person(), { name: 'large.evtx', sizeBytes: size, fingerprint, hostOverride: null })
  const silentSince = (id: string, minutes: number) =>
    pool().query("UPDATE upload SET received_at = now() - $2 * interval '1 minute' WHERE id = $1", [
      id,
      minutes,
    ])
  const content = randomBytes(2 * MIB)
  const refusal = { code: 'busy', message: expect.stringMatching(/too little is free/) }
  const { id } = await large('first')
  await receivePiece(person(), { id, offset: 0 }, stream(content.subarray(0, MIB)))
  await silentSince(id, 30)
  await expect(large('second')).rejects.toMatchObject(refusal)
  await silentSince(id, 90)
  const second = await large('second')
  // its sender, and whoever has its id, is told
  await expect(large('first')).rejects.toMatchObject({
    ...refusal,
    message: expect.stringMatching(/What arrived is kept/),
  })
  const rest = () => receivePiece(person(), { id, offset: MIB }, stream(content.subarray(MIB)))
  await expect(rest()).rejects.toMatchObject({ ...refusal, message: expect.stringMatching(/for an hour/) })
  expect((await stored(id)).length).toBe(MIB)
  await cancelUpload(person(), second.id)
  expect(await rest()).toBe(2 * MIB)
  // and has its room again
  await expect(large('third')).rejects.toMatchObject(refusal)
  // of two that come back to room for one, one goes on
  await silentSince(id, 90)
  const fourth = await large('fourth')
  await silentSince(fourth.id, 90)
  const both = await Promise.allSettled(['first', 'fourth'].map(large))
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  for (const one of [id, fourth.id]) await cancelUpload(person(), one)
})

test('what a sender did not announce is taken in while there is room for it', async () => {
  const content = randomBytes(2 * MIB)
  const { id } = await openUpload(person(), offer(content, 'filling'))
  const fill = (gb: number) =>
    pool().query('UPDATE upload SET received_bytes = $2::bigint << 30 WHERE id = $1', [id, gb])
  async function* filledMeanwhile(): AsyncGenerator<Uint8Array> {
    await fill(100)
    yield content
  }
  const send = (sizeBytes: number | null, bytes: AsyncIterable<Uint8Array>) =>
    receiveUpload(person(), { name: 'streamed whole', sizeBytes, hostOverride: null }, bytes)
  await expect(send(null, filledMeanwhile())).rejects.toMatchObject({ code: 'busy' })
  await expect(send(null, stream(content))).rejects.toMatchObject({ code: 'busy' })
  await fill(0)
  // packed, it is announced smaller than it is
  await expect(send(MIB, filledMeanwhile())).rejects.toMatchObject({ code: 'busy' })
  await fill(0)
  expect(await send(content.length, filledMeanwhile())).toEqual(expect.any(String))
  await fill(0)
})

test('what stopped arriving is given up after a week, and its bytes go', async () => {
  const content = randomBytes(2 * MIB)
  const { id } = await openUpload(person(), offer(content, 'given up'))
  await receivePiece(person(), { id, offset: 0 }, stream(content.subarray(0, MIB)))
  await removeUnreadChunks(pool())
  expect((await stored(id)).length).toBe(MIB)
  await pool().query("UPDATE upload SET received_at = now() - interval '8 days' WHERE id = $1", [id])
  await removeUnreadChunks(pool())
  expect((await stored(id)).length).toBe(0)
  expect(await findUpload(importViewer(person()), id)).toMatchObject({ state: 'failed' })
})
