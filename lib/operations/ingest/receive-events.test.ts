import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import type { Actor } from '@/lib/pipeline/actor'
import { closePool, pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { Admission } from './admission'
import { ingestBulk } from './ingest-bulk'
import { ingestEvents } from './ingest-events'
import { ingestHecEvents, ingestHecRaw } from './ingest-hec'

const database = withTestDatabase()
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

let made = 0
/** A process creation of Sysmon as winlogbeat ships it, on a host of its own. */
function creation(host = `ws-${randomUUID()}`) {
  const at = new Date(Date.UTC(2026, 2, 3, 9, 0, made++)).toISOString()
  return {
    '@timestamp': at,
    winlog: {
      computer_name: host,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider_name: 'Microsoft-Windows-Sysmon',
      event_id: 1,
      event_data: {
        UtcTime: at.replace('T', ' ').replace('Z', ''),
        ProcessGuid: `{${randomUUID()}}`,
        ProcessId: '1000',
        Image: 'C:\\Windows\\System32\\rundll32.exe',
        CommandLine: 'rundll32.exe shell32.dll,Control_RunDLL',
      },
    },
  }
}

async function* bytesOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}
const bulk = (documents: readonly unknown[], verb = 'create') =>
  documents.map((document) => `{"${verb}":{}}\n${JSON.stringify(document)}\n`).join('')

async function stored(host: string): Promise<number> {
  const { rows } = await pool().query<{ n: string }>(
    'SELECT count(*) AS n FROM execution e JOIN host_alias a ON a.id = e.alias_id WHERE a.alias = $1',
    [host],
  )
  return Number(rows[0]?.n)
}

type Line = { uploads: string; records: string; rejected: string }
async function lineOf({ keyId }: { keyId: string }): Promise<Line | undefined> {
  const { rows } = await pool().query<Line>(
    `SELECT count(DISTINCT u.id) AS uploads, sum(f.records) AS records, sum(f.rejected) AS rejected
     FROM upload u JOIN import_file f ON f.upload_id = u.id WHERE u.key_id = $1`,
    [keyId],
  )
  return rows[0]
}

describe('a bulk request', () => {
  test('answers each action in its place, and sending it again stores nothing twice', async () => {
    const shipper = await newShipper()
    const event = creation()
    const body = bulk([event, { message: 'no event' }, creation()], 'index')
    const outcome = await ingestBulk(shipper, bytesOf(body))
    expect(outcome.map(({ verb }) => verb)).toEqual(['index', 'index', 'index'])
    expect(outcome.map(({ reason }) => reason)).toEqual([null, expect.stringMatching(/\w/), null])
    expect(await ingestBulk(shipper, bytesOf(body))).toEqual(outcome)
    expect(await stored(event.winlog.computer_name)).toBe(1)
  })
  test('with more actions than fit a batch answers every one of them', async () => {
    const events = Array.from({ length: 5_003 }, (_, index) =>
      index % 1000 === 7 ? {} : { EventID: 5, Computer: 'x' },
    )
    const outcome = await ingestBulk(await newShipper(), bytesOf(bulk(events)))
    const refused = outcome.flatMap(({ reason }, index) => (reason?.includes('no event id') ? [index] : []))
    expect(refused).toEqual([7, 1007, 2007, 3007, 4007, 5007].filter((index) => index < 5_003))
  })
  test('with nothing in it, or without the permission, is refused', async () => {
    const shipper = await newShipper()
    await expect(ingestBulk(shipper, bytesOf(''))).rejects.toMatchObject({ code: 'invalid-input' })
    const reader: Actor = { ...shipper, keyScopes: ['read'] }
    await expect(ingestBulk(reader, bytesOf(bulk([creation()])))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a collector request', () => {
  test('stores objects and texts, and takes host and time from the envelope only where the event says neither', async () => {
    const envelopeHost = `env-${randomUUID()}`
    const own = creation()
    const bare = { EventID: 1, ...creation().winlog.event_data, UtcTime: undefined }
    const envelopes = [
      { event: own, host: 'other' },
      { event: JSON.stringify(creation(envelopeHost)), host: 'other' },
      { event: bare, host: envelopeHost, time: 1_772_000_000 },
    ]
    const body = envelopes.map((envelope) => JSON.stringify(envelope)).join('')
    expect(await ingestHecEvents(await newShipper(), bytesOf(body))).toMatchObject({ events: 3, fault: null })
    expect(await stored(own.winlog.computer_name)).toBe(1)
    expect(await stored(envelopeHost)).toBeGreaterThanOrEqual(1)
    expect(await stored('other')).toBe(0)
  })
  test('names the first envelope that is none, and stores the others', async () => {
    const [first, last] = [creation(), creation()]
    const body = `${JSON.stringify({ event: first })}{"host":"x"}{"event":""}${JSON.stringify({ event: last })}`
    const outcome = await ingestHecEvents(await newShipper(), bytesOf(body))
    expect(outcome).toEqual({ events: 4, rejected: 2, fault: { index: 1, code: 12 } })
    expect(await stored(first.winlog.computer_name)).toBe(1)
    expect(await stored(last.winlog.computer_name)).toBe(1)
  })
  test('takes a raw log by its content', async () => {
    const event = creation()
    const raw = bytesOf(`${JSON.stringify(event)}\n${JSON.stringify(creation())}\n`)
    expect(await ingestHecRaw(await newShipper(), raw)).toEqual({ events: 2, rejected: 0, fault: null })
    expect(await stored(event.winlog.computer_name)).toBe(1)
    expect(await ingestHecRaw(await newShipper(), bytesOf(''))).toMatchObject({ events: 0 })
  })
})

test('events rendered as XML are read as a collector’s text, as a raw log and inside a forwarder’s record', async () => {
  const host = `ws-${randomUUID()}`
  const xml = (id: number) =>
    `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>1</EventID>
<TimeCreated SystemTime="2026-03-03T10:00:0${id}.1234567Z"/><EventRecordID>${id}</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel>
<Computer>${host}</Computer></System><EventData><Data Name="UtcTime">2026-03-03 10:00:0${id}.123</Data><Data Name="ProcessId">${id}</Data>
<Data Name="Image">C:\\Windows\\System32\\rundll32.exe</Data><Data Name="CommandLine">rundll32.exe &quot;a&quot;,b</Data></EventData></Event>`
  const shipper = await newShipper()
  const envelope = JSON.stringify({ event: xml(1), host: 'forwarder' })
  expect(await ingestHecEvents(shipper, bytesOf(envelope))).toEqual({ events: 1, rejected: 0, fault: null })
  expect(await ingestHecRaw(shipper, bytesOf(xml(2)))).toEqual({ events: 1, rejected: 0, fault: null })
  const asFluentBitHasIt = { System: xml(3), Message: 'Process Create:' }
  expect(await ingestBulk(shipper, bytesOf(bulk([asFluentBitHasIt])))).toEqual([
    { verb: 'create', reason: null },
  ])
  expect(await stored(host)).toBe(3)
})

test('an event that a forwarder wrapped in a message is read', async () => {
  const event = creation()
  const wrapped = {
    '@timestamp': '2026-03-03T10:00:00Z',
    host: { name: 'relay' },
    message: JSON.stringify(event),
  }
  const answer = await ingestEvents(await newShipper(), bytesOf(`${JSON.stringify(wrapped)}\n`))
  expect(answer).toEqual({ received: 1, executions: 1, duplicates: 0, rejections: [] })
  expect(await stored(event.winlog.computer_name)).toBe(1)
})

test('what a key sends in a day is one line, however many requests begin it, and every rejection of theirs is kept', async () => {
  const shipper = await newShipper()
  const send = () => ingestEvents(shipper, bytesOf(`{"nothing":1}\n${JSON.stringify(creation())}\n`))
  const answers = await Promise.all(Array.from({ length: 8 }, send))
  for (const { rejections } of answers) expect(rejections).toEqual([{ line: 1, reason: expect.any(String) }])
  await ingestBulk(shipper, bytesOf(bulk([creation(), {}])))
  expect(await lineOf(shipper)).toEqual({ uploads: '1', records: '18', rejected: '9' })
  const { rows } = await pool().query(
    'SELECT r.position FROM rejection r JOIN import_file f ON f.id = r.import_file_id JOIN upload u ON u.id = f.upload_id WHERE u.key_id = $1',
    [shipper.keyId],
  )
  expect(rows).toHaveLength(9)
})

test('small requests at once store each event once, and each is told of its own', async () => {
  const shipper = await newShipper()
  const [again, host] = [creation(), `ws-${randomUUID()}`]
  const bodies = Array.from({ length: 24 }, (_, index) =>
    [...Array.from({ length: index % 4 }, () => creation(host)), again, ...(index % 3 === 0 ? [{}] : [])]
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
  )
  const answers = await Promise.all(bodies.map((body) => ingestEvents(shipper, bytesOf(body))))
  for (const [index, { received, executions, duplicates, rejections }] of answers.entries()) {
    const records = (index % 4) + 1
    expect(received).toBe(records + (index % 3 === 0 ? 1 : 0))
    expect(executions + duplicates).toBe(records)
    expect(duplicates).toBeLessThanOrEqual(1)
    expect(rejections.map(({ line }) => line)).toEqual(index % 3 === 0 ? [records + 1] : [])
  }
  expect(answers.reduce((sum, { executions }) => sum + executions, 0)).toBe(36 + 1)
  expect(await stored(host)).toBe(36)
  expect(await lineOf(shipper)).toEqual({ uploads: '1', records: '68', rejected: '8' })
})

test('a key shows how much it sends and the last thing that was wrong', async () => {
  const shipper = await newShipper()
  await ingestEvents(shipper, bytesOf(`${JSON.stringify(creation())}\n{"nothing":1}\n`))
  await expect(ingestBulk(shipper, bytesOf('nonsense\n'))).rejects.toMatchObject({ code: 'invalid-input' })
  const { rows } = await pool().query(
    'SELECT events + events_before AS events, last_error FROM key_activity WHERE key_id = $1',
    [shipper.keyId],
  )
  expect(rows).toEqual([{ events: 2, last_error: expect.stringContaining('Malformed action') }])
})

test('when the database fails in the middle of a request it is refused, nothing of the batch is half stored, and a retry stores it once', async () => {
  const shipper = await newShipper()
  const events = [creation(), creation()]
  const body = bulk(events)
  const failing = async function* () {
    yield Buffer.from(body.slice(0, body.length / 2))
    await database().refuse(true)
    yield Buffer.from(body.slice(body.length / 2))
  }
  await expect(ingestBulk(shipper, failing())).rejects.toSatisfy(
    (error: Error) => error.name !== 'ExpectedError',
  )
  await database().refuse(false)
  // its connections are broken: the next ones are new
  await closePool()
  for (const event of events) expect(await stored(event.winlog.computer_name)).toBe(0)
  const outcome = await ingestBulk(shipper, bytesOf(body))
  expect(outcome.map(({ reason }) => reason)).toEqual([null, null])
  for (const event of events) expect(await stored(event.winlog.computer_name)).toBe(1)
})

describe('admission', () => {
  const MEGABYTE = 1024 * 1024
  const busy = expect.objectContaining({ code: 'busy' })
  test('a new request is busy while others hold too much, and is let in once that is committed', async () => {
    const admission = new Admission()
    const first = admission.open('a')
    first.hold(64 * MEGABYTE)
    expect(() => admission.open('b')).toThrow(busy)
    expect(first.isPressed()).toBe(true)
    await first.write(async () => undefined)
    const second = admission.open('b')
    expect(second.isPressed()).toBe(false)
    second.hold(32 * MEGABYTE)
    second.keep(32 * MEGABYTE)
    await second.write(async () => undefined)
    admission.open('c').keep(32 * MEGABYTE)
    expect(() => admission.open('d')).toThrow(busy)
    second.close()
    admission.open('d').close()
    first.close()
  })
  test('nobody holds more than all together may, and one sender leaves room for others', () => {
    const admission = new Admission()
    const first = admission.open('a')
    first.hold(255 * MEGABYTE)
    expect(() => first.hold(2 * MEGABYTE)).toThrow(busy)
    first.close()
    const tickets = Array.from({ length: 32 }, () => admission.open('a'))
    expect(() => admission.open('a')).toThrow(busy)
    tickets.push(...Array.from({ length: 32 }, () => admission.open('b')))
    expect(() => admission.open('c')).toThrow(busy)
    for (const ticket of tickets) ticket.close()
    admission.open('a').close()
  })
  test('what fails gives back what it held, and a few write at once', async () => {
    const admission = new Admission()
    let [running, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      throw new Error('no')
    }
    const tickets = Array.from({ length: 20 }, (_, index) => admission.open(String(index)))
    const writes = await Promise.allSettled(
      tickets.map((ticket) => ticket.write(() => admission.inTurn(work))),
    )
    expect(writes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(most).toBe(3)
    for (const ticket of tickets) ticket.close()
    expect(await admission.open('a').write(async () => 'written')).toBe('written')
  })
})

test('a body whose reader has seen enough is told so: its sender’s next request waits behind it', async () => {
  let isOver = false
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(64 * 1024, ' ')
    } finally {
      isOver = true
    }
  }
  expect(await ingestHecRaw(await newShipper(), endless())).toMatchObject({ events: 1, rejected: 1 })
  await expect.poll(() => isOver).toBe(true)
})
