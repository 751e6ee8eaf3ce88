import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { memorySource } from '@/lib/operations/ingest/byte-source'
import { importExample } from '@/lib/operations/ingest/example-import'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, type ImportFileSummary } from '@/lib/store/imports'
import { forgetUnclaimed } from '@/lib/store/ingest/forget-unclaimed'
import { createPool, type Pool } from '@/lib/store/pool'
import { createTestDatabase, type TestDatabase } from '@/lib/store/test-database'
import { queueRebuild, recompute } from './recompute'

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.appUrl)
  await ensureCatalogue(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(async () => {
  await pool.query(
    `TRUNCATE execution, process, process_event, attempt, policy_state, telemetry, raw_block, usage, host_value, prevalence,
       deviation_hit, coverage, module_use, network_use, child_use, host_work, host_alias, host, deviation, upload CASCADE`,
  )
})

const RUNDLL32 = 'C:\\Windows\\System32\\rundll32.exe'
const COPY = 'C:\\Users\\ada\\AppData\\Local\\Temp\\update.exe'
const GUID = '{0000001F-0000-0000-0000-000000000001}'

type Fields = Record<string, string>

/** A Windows event as the security datasets' exporter writes it; `at` is UTC. */
function event(log: 'sysmon' | 'security', id: number, at: string, fields: Fields): string {
  const channel = log === 'sysmon' ? 'Microsoft-Windows-Sysmon/Operational' : 'Security'
  const time = log === 'sysmon' ? { UtcTime: at } : {}
  return JSON.stringify({
    EventID: id,
    Channel: channel,
    Hostname: 'ws-1',
    TimeCreated: at,
    ...time,
    ...fields,
  })
}

const acting = (image: string) => ({ ProcessGuid: GUID, ProcessId: '4711', Image: image })
const creation = (image = RUNDLL32, at = '2026-03-03 23:50:00.000') =>
  event('sysmon', 1, at, {
    ...acting(image),
    OriginalFileName: 'RUNDLL32.EXE',
    CommandLine: 'rundll32.exe shell32.dll,Control_RunDLL',
    ParentImage: 'C:\\Windows\\explorer.exe',
    User: 'CORP\\ada',
  })
const load = (module: string, at: string, image = RUNDLL32) =>
  event('sysmon', 7, at, {
    ...acting(image),
    ImageLoaded: module,
    Signed: String(module.startsWith('C:\\Windows')),
    SignatureStatus: 'Valid',
  })
const connection = (at: string, image = RUNDLL32) =>
  event('sysmon', 3, at, {
    ...acting(image),
    Protocol: 'tcp',
    Initiated: 'true',
    DestinationIp: '203.0.113.7',
    DestinationPort: '443',
  })
const query = (at: string, image = RUNDLL32) =>
  event('sysmon', 22, at, {
    ...acting(image),
    QueryName: 'cdn.example.net',
    QueryResults: '::ffff:203.0.113.7;',
  })
const child = (image: string, at: string) =>
  event('sysmon', 1, at, {
    ProcessGuid: '{0000001F-0000-0000-0000-000000000002}',
    ProcessId: '4712',
    Image: image,
    ParentProcessGuid: GUID,
    ParentProcessId: '4711',
    ParentImage: RUNDLL32,
  })
const permitted = (at: string, image: string, id = 5156) =>
  event('security', id, at, {
    ProcessID: '4711',
    Application: image.replace('C:', '\\device\\harddiskvolume2').toLowerCase(),
    Direction: '%%14593',
    DestAddress: '198.51.100.9',
    DestPort: '8080',
    Protocol: '6',
  })

/** Reads each batch as a file of its own and computes what follows. */
async function arrive(...batches: string[][]) {
  const uploadId = await createUpload(pool, EXAMPLE_UPLOAD)
  let files: ImportFileSummary[] = []
  for (const [index, lines] of batches.entries()) {
    const source = memorySource(`${index}.json`, Buffer.from(lines.join('\n')))
    files = await importExample(pool, source, { uploadId })
    await recompute(pool)
  }
  return files
}

/** Traits of the only execution. */
async function traits(): Promise<Signature['traits'] | undefined> {
  const { rows } = await pool.query<{ content: Signature }>(
    'SELECT s.content FROM usage u JOIN signature s ON s.id = u.signature_id',
  )
  expect(rows).toHaveLength(1)
  return rows[0]?.content.traits
}

const BAD = 'C:\\Users\\ada\\AppData\\Local\\Temp\\payload.dll'
const PLAIN = 'C:\\Windows\\System32\\ntdll.dll'

describe('what a process does belongs to its execution', () => {
  test('on the day on which it began, though it falls on the next and arrives later', async () => {
    await arrive([creation()])
    expect(await traits()).toEqual({ module: null, destination: null, child: [] })
    await arrive([child('C:\\Windows\\System32\\cmd.exe', '2026-03-04 00:10:00.000')])
    expect((await traits())?.child).toEqual(['cmd.exe @ system'])
    await arrive([load(BAD, '2026-03-04 00:01:00.000')], [connection('2026-03-04 00:49:59.000')])
    expect(await traits()).toEqual({
      module: ['payload.dll @ user-temp, unsigned'],
      destination: ['external:443'],
      child: ['cmd.exe @ system'],
    })
  })

  test('up to an hour after its start', async () => {
    await arrive([creation(), connection('2026-03-04 00:50:00.001')])
    expect((await traits())?.destination).toBeNull()
    const { rows } = await pool.query('SELECT day, executions, events FROM network_use')
    expect(rows).toEqual([{ day: '2026-03-04', executions: 1, events: 1 }])
  })

  test('and is nothing notable, rather than unknown, once its host reports such events of that binary', async () => {
    await arrive([creation()], [load(PLAIN, '2026-03-03 23:50:01.000')])
    expect((await traits())?.module).toEqual([])
  })

  test('of a renamed copy too, in whichever order they arrive', async () => {
    const actions = [load(BAD, '2026-03-03 23:50:01.000', COPY), connection('2026-03-03 23:50:02.000', COPY)]
    const expected = {
      module: ['payload.dll @ user-temp, unsigned'],
      destination: ['external:443'],
      child: [],
    }
    await arrive(actions, [creation(COPY)])
    expect(await traits()).toEqual(expected)
    await pool.query('TRUNCATE execution, process, process_event, usage')
    await arrive([creation(COPY)], actions)
    expect(await traits()).toEqual(expected)
  })

  test('under the name that it had asked for', async () => {
    await arrive([creation(), query('2026-03-03 23:50:01.000'), connection('2026-03-03 23:50:02.000')])
    expect((await traits())?.destination).toEqual(['example.net:443'])
    const { rows } = await pool.query(
      'SELECT d.protocol, n.name, n.events FROM network_use n JOIN destination d ON d.id = n.destination_id ORDER BY 1',
    )
    expect(rows).toEqual([
      { protocol: 'dns', name: 'cdn.example.net', events: 1 },
      { protocol: 'tcp', name: 'cdn.example.net', events: 1 },
    ])
  })

  test('by process id, time and file name where its sensor gives no guid', async () => {
    await arrive([creation(), permitted('2026-03-03 23:51:00.000', RUNDLL32)])
    expect((await traits())?.destination).toEqual(['external:8080'])
  })

  test('but not to a process of another name that had the process id', async () => {
    await arrive([creation(), permitted('2026-03-03 23:51:00.000', 'C:\\Windows\\System32\\mshta.exe')])
    expect((await traits())?.destination).toEqual([])
  })
})

test('programs that are known to be no proxy binary leave nothing behind but that their host reports', async () => {
  const teams = 'C:\\Users\\ada\\AppData\\Local\\Teams\\teams-classic.exe'
  const start = event('sysmon', 1, '2026-03-03 09:00:00.000', { ...acting(teams), CommandLine: 'x' })
  const other = connection('2026-03-03 09:00:01.000', 'C:\\Program Files\\Vendor\\agent.exe')
  const [file] = await arrive([start, connection('2026-03-03 09:00:01.000', teams), other])
  expect(file).toMatchObject({ eventsByKind: { 'network-connection': 2 }, eventsKept: {} })
  const { rows } = await pool.query('SELECT kind, subject, hours FROM telemetry')
  expect(rows).toEqual([{ kind: 1, subject: '', hours: 1 << 9 }])
})

test('what may belong to a renamed copy is forgotten after a week, unless it does', async () => {
  const other = 'C:\\Users\\ada\\AppData\\Local\\Temp\\setup.exe'
  const stranger = event('sysmon', 3, '2026-03-03 09:00:00.000', {
    ...acting(other),
    ProcessGuid: '{0000001F-0000-0000-0000-000000000009}',
    ProcessId: '99',
    DestinationIp: '198.51.100.9',
    DestinationPort: '443',
  })
  await arrive([creation(COPY), connection('2026-03-03 23:50:02.000', COPY), stranger])
  const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  expect(await forgetUnclaimed(pool, later(6))).toEqual({ gone: 0, more: false })
  expect(await forgetUnclaimed(pool, later(8))).toEqual({ gone: 1, more: false })
  await queueRebuild(pool)
  await recompute(pool)
  expect((await traits())?.destination).toEqual(['external:443'])
})

test('what arrives twice is stored once, and the receipt says so by kind', async () => {
  const lines = [
    creation(),
    load(BAD, '2026-03-03 23:50:01.000'),
    load(PLAIN, '2026-03-03 23:50:01.000'),
    connection('2026-03-03 23:50:02.000'),
    permitted('2026-03-03 23:50:03.000', RUNDLL32, 5157),
    event('sysmon', 5, '2026-03-03 23:55:00.000', acting(RUNDLL32)),
  ]
  const [first, second] = await arrive(lines, lines)
  const all = { 'module-load': 1, 'network-connection': 2, 'process-end': 1, attempt: 1 }
  expect(first).toMatchObject({ eventsKept: all, eventsDuplicate: {} })
  expect(second).toMatchObject({ eventsKept: {}, eventsDuplicate: all })
})

test('a blocked connection of a proxy binary is an attempt of it', async () => {
  await arrive([creation(), permitted('2026-03-03 23:51:00.000', RUNDLL32, 5157)])
  const { rows } = await pool.query(
    'SELECT e.slug, a.control, a.outcome, a.destination FROM attempt a JOIN catalogue_entry e ON e.id = a.entry_id',
  )
  expect(rows).toEqual([
    { slug: 'rundll32.exe', control: 3, outcome: 2, destination: '198.51.100.9:8080 tcp' },
  ])
})

test('a host whose names turn out to be one machine keeps what was recorded under each', async () => {
  const named = (line: string, Hostname: string) => JSON.stringify({ ...JSON.parse(line), Hostname })
  await arrive(
    [named(connection('2026-03-03 23:50:02.000'), 'ws-1')],
    [named(creation(), 'ws-1.corp.example')],
  )
  expect((await traits())?.destination).toEqual(['external:443'])
})
