import { randomUUID } from 'node:crypto'
import os from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { ExpectedError } from '@/lib/errors'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { beginPage } from '@/lib/pages-under-way'
import type { Actor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { receiveShipment } from './receive-shipment'

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

async function newShipper(): Promise<Extract<Actor, { kind: 'key' }>> {
  const name = `shipper ${randomUUID()}`
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO api_key (id, name, prefix, hash, scopes) VALUES (gen_random_uuid(), $1, 'cordon_', $1, '{ingest}') RETURNING id`,
    [name],
  )
  return { kind: 'key', keyId: rows[0]?.id ?? '', name, keyScopes: ['ingest'], scope: { kind: 'all' } }
}

async function* inPieces(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function stored(host: string): Promise<number> {
  const { rows } = await pool().query<{ n: number }>(
    'SELECT count(*)::int AS n FROM execution e JOIN host_alias a ON a.id = e.alias_id WHERE a.alias = $1',
    [host],
  )
  return rows[0]?.n ?? 0
}

const records = (host: string, count: number) => processes(0, count, { host }).map(sysmonRecord)

test('what every protocol sends is stored by the thread before it is answered, and what cannot be read is told', async () => {
  const shipper = await newShipper()
  const hosts = ['events', 'bulk', 'hec', 'raw'].map((name) => `${name}.corp.example`)
  const [events = '', bulk = '', hec = '', raw = ''] = hosts
  const lines = asLines([...records(events, 30), '{"no":"event"}'])
  expect(await receiveShipment('events', shipper, inPieces(lines))).toMatchObject({
    received: 31,
    executions: 30,
    rejections: [{ line: 31 }],
  })
  const actions = asLines(records(bulk, 20).flatMap((record) => ['{"create":{}}', record]))
  expect(await receiveShipment('bulk', shipper, inPieces(actions))).toHaveLength(20)
  const envelopes = records(hec, 10).map((record) => `{"event":${record}}`)
  expect(await receiveShipment('hec-events', shipper, inPieces(asLines(envelopes)))).toMatchObject({
    events: 10,
    fault: null,
  })
  const bare = processes(0, 5, { host: null }).map(sysmonRecord)
  await receiveShipment('hec-raw', shipper, inPieces(asLines(bare)), { host: raw })
  expect(await Promise.all(hosts.map(stored))).toEqual([30, 20, 10, 5])
})

test('requests at once are each answered for themselves', async () => {
  const shipper = await newShipper()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      receiveShipment(
        'events',
        shipper,
        inPieces(asLines(records(`at-once-${index}.corp.example`, 1 + index))),
      ),
    ),
  )
  expect(answers.map(({ executions }) => executions)).toEqual(
    Array.from({ length: 20 }, (_, index) => 1 + index),
  )
})

test('a page that takes for ever stops no shipper', async () => {
  const end = beginPage()
  try {
    const lines = asLines(records('beside-a-page.corp.example', 5))
    expect(await receiveShipment('events', await newShipper(), inPieces(lines))).toMatchObject({
      executions: 5,
    })
  } finally {
    end()
  }
})

test.skipIf(process.platform !== 'linux')(
  'pages come before the thread and before what the database does for it, and not behind themselves',
  async () => {
    await receiveShipment('events', await newShipper(), inPieces(asLines(records('behind.corp.example', 1))))
    const own = await pool().query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const behind = async () => {
      const { rows } = await pool().query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
      )
      return rows.map(({ pid }) => pid).filter((pid) => os.getPriority(pid) > 0)
    }
    await expect.poll(async () => (await behind()).length).toBeGreaterThan(0)
    expect(await behind()).not.toContain(own.rows[0]?.pid)
    expect(os.getPriority()).toBe(0)
  },
)

describe('a failure is the same as without a thread:', () => {
  test('of the permission', async () => {
    const reader: Actor = { ...(await newShipper()), keyScopes: ['read'] }
    await expect(receiveShipment('events', reader, inPieces(asLines([])))).rejects.toMatchObject({
      constructor: ExpectedError,
      code: 'forbidden',
    })
  })
  test('of the body, whose records before it stay where they are', async () => {
    async function* broken() {
      yield asLines(records('broken.corp.example', 3))
      throw new ExpectedError('too-slow', 'Nothing arrived.')
    }
    await expect(receiveShipment('events', await newShipper(), broken())).rejects.toMatchObject({
      constructor: ExpectedError,
      code: 'too-slow',
      message: 'Nothing arrived.',
    })
  })
  test('of a protocol that reads no further than where it goes wrong', async () => {
    let isClosed = false
    async function* endless() {
      try {
        for (;;) yield Buffer.from('no action\n')
      } finally {
        isClosed = true
      }
    }
    await expect(receiveShipment('bulk', await newShipper(), endless())).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(isClosed).toBe(true)
  })
})

test('more requests of one key than it may have at once are asked to come again before their bodies are read', async () => {
  const shipper = await newShipper()
  const ends: (() => void)[] = []
  let reading = 0
  async function* waiting() {
    reading++
    yield Buffer.from(' ')
    await new Promise<void>((resolve) => ends.push(resolve))
  }
  const all = Array.from({ length: 40 }, () =>
    receiveShipment('events', shipper, waiting()).catch((error) => error),
  )
  const refused = (await Promise.race([Promise.all(all.slice(32)), Promise.all(all)])) as { code?: string }[]
  expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 8 }, () => 'busy'))
  await expect.poll(() => ends.length).toBe(32)
  expect(reading).toBe(32)
  for (const end of ends) end()
  await Promise.all(all)
})

test('a thread that ends answers what it had with "come again", and the next request starts another', async () => {
  const shipper = await newShipper()
  const host = 'crash.corp.example'
  const { cordonIngest } = globalThis as unknown as {
    cordonIngest: { calls: { thread: { terminate(): Promise<number> } } }
  }
  async function* crashing() {
    yield asLines(records(host, 10))
    await cordonIngest.calls.thread.terminate()
    yield asLines(records(host, 20))
  }
  await expect(receiveShipment('events', shipper, crashing())).rejects.toMatchObject({
    constructor: ExpectedError,
    code: 'unavailable',
  })
  expect(await receiveShipment('events', shipper, inPieces(asLines(records(host, 20))))).toMatchObject({
    received: 20,
  })
  expect(await stored(host)).toBe(20)
})
