import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { Attempt } from '@/lib/pipeline/event/event'
import { seedCatalogue } from '@/lib/store/catalogue'
import { exportCsv } from '@/lib/store/exports/registry'
import type { IncomingTelemetry } from '@/lib/store/ingest/telemetry'
import { pool } from '@/lib/store/pool'
import { countNextAttemptDays } from '@/lib/store/recompute/attempt-days'
import { withTestDatabase } from '@/lib/store/test-database'
import { countAttemptFacets, listAttempts, parseAttemptRequest } from './attempts'
import { findDataSpan } from './data-window'
import { storeFile } from './example-file'

const ALL: Scope = { kind: 'all' }
const TILLS: Scope = { kind: 'groups', groupIds: [1] }
const WHENEVER = { filters: {} }
const MSHTA = 'C:\\Windows\\System32\\mshta.exe'

/** An attempt at 2026-01-05 09:00 and so many days later. */
function attempt(recordKey: string, day: number, rest: Partial<Attempt>): Attempt {
  return {
    kind: 'attempt',
    recordKey,
    sensor: null,
    host: 'ws-1',
    time: { us: Date.UTC(2026, 0, 5 + day, 9) * 1000, tick: 0 },
    timeSource: 'time-created',
    recordId: recordKey,
    position: 1,
    control: 'applocker',
    outcome: 'would-block',
    ruleId: null,
    ruleName: null,
    policyId: null,
    policyName: 'EXE',
    filePath: MSHTA,
    originalFileName: null,
    signer: null,
    fileHash: null,
    commandLine: null,
    destination: null,
    pid: 7,
    parentImage: null,
    parentCommandLine: null,
    user: 'CORP\\ada',
    userSid: null,
    ...rest,
  }
}

async function store(
  events: readonly Attempt[],
  telemetry: readonly IncomingTelemetry[] = [],
): Promise<void> {
  const { rows } = await pool().query<{ id: number }>(
    "SELECT id FROM catalogue_entry WHERE slug = 'mshta.exe'",
  )
  const attempts = events.map((event) => ({
    event,
    hostName: event.host ?? '',
    entryId: event.filePath === MSHTA ? (rows[0]?.id ?? null) : null,
  }))
  await storeFile({ attempts, telemetry })
}

const ATTEMPTS = [
  attempt('audited', 0, {}),
  attempt('stopped', 20, { control: 'app-control', outcome: 'blocked', ruleName: '100%_sure' }),
  attempt('asr', 21, {
    control: 'asr',
    outcome: 'warned',
    host: 'till-1',
    filePath: '=x.exe',
    ruleId: 'be9ba2d9-53ea-4cdc-84e5-9b1eeee46550',
  }),
  attempt('twin', 21, { control: 'firewall', outcome: 'blocked', destination: '198.51.100.9:8080 tcp' }),
]

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await store(ATTEMPTS)
  while (await countNextAttemptDays(pool()));
  await pool().query("INSERT INTO host_group (id, name) VALUES (1, 'Tills')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, 1, '1970-01-01' FROM host WHERE name = 'till-1'",
  )
})

async function controls(params: Record<string, string | string[]>, scope = ALL) {
  const { rows } = await listAttempts(scope, parseAttemptRequest(params))
  return rows.map(({ control }) => control).toSorted()
}

async function exportedOf(params: Record<string, string>): Promise<Record<string, string>[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of await exportCsv('attempts', { scope: ALL, judge: null }, params))
    pieces.push(piece)
  return parse(Buffer.concat(pieces).toString('utf8'), { columns: true })
}

test('an attempt says when, where, by whom, what the control did and by which rule', async () => {
  const { rows, next } = await listAttempts(ALL, parseAttemptRequest({ control: 'app-control' }))
  expect(next).toBeNull()
  expect(rows).toMatchObject([
    {
      host: 'ws-1',
      occurredAtUs: Date.UTC(2026, 0, 25, 9) * 1000,
      control: 'app-control',
      outcome: 'blocked',
      slug: 'mshta.exe',
      filePath: MSHTA,
      rule: '100%_sure',
      policy: 'EXE',
      user: 'CORP\\ada',
      sourceFile: 'test.evtx',
    },
  ])
})
test('a rule of attack surface reduction, of which its control tells the id alone, is shown, found and exported by name', async () => {
  const name = 'Executable content from mail'
  const { rows } = await listAttempts(ALL, parseAttemptRequest({ control: 'asr' }))
  expect(rows).toMatchObject([{ rule: name }])
  expect(await controls({ q: 'content FROM mail' })).toEqual(['asr'])
  expect(await exportedOf({ control: 'asr' })).toMatchObject([
    { rule_id: 'be9ba2d9-53ea-4cdc-84e5-9b1eeee46550', rule: name },
  ])
})
test('host, control, outcome, binary, time and text narrow the list', async () => {
  expect(await controls({})).toEqual(['app-control', 'applocker', 'asr', 'firewall'])
  expect(await controls({ host: 'TILL-1' })).toEqual(['asr'])
  expect(await controls({ control: ['asr', 'firewall'], outcome: 'blocked' })).toEqual(['firewall'])
  expect(await controls({ binary: 'mshta.exe' })).toEqual(['app-control', 'applocker', 'firewall'])
  expect(await controls({ from: '2026-01-05', to: '2026-01-05' })).toEqual(['applocker'])
  expect(await controls({ days: '7' })).toEqual(['app-control', 'asr', 'firewall'])
  expect(await controls({ q: '100%_s' })).toEqual(['app-control'])
  expect(await controls({ q: '100__s' })).toEqual([])
  expect(await controls({ q: '198.51.100.9' })).toEqual(['firewall'])
})
test('what no filter knows matches nothing, and a damaged cursor or day is ignored', async () => {
  expect(await controls({ outcome: 'maybe' })).toEqual([])
  expect(await controls({ after: "'; --", from: 'yesterday', days: '-1' })).toHaveLength(4)
})
test.each([
  ['-time', 'newest'],
  ['time', 'oldest'],
])('sorted by %s every attempt is on one page only, the %s first, those of one moment too', async (sort) => {
  const request = { ...parseAttemptRequest({ sort }), pageSize: 1 }
  const seen: { key: string; occurredAtUs: number }[] = []
  let after: string | null = null
  do {
    const page = await listAttempts(ALL, { ...request, after })
    seen.push(...page.rows)
    after = page.next
  } while (after !== null)
  expect(new Set(seen.map(({ key }) => key)).size).toBe(4)
  const times = seen.map(({ occurredAtUs }) => occurredAtUs)
  expect(times).toEqual(times.toSorted((a, b) => (sort === 'time' ? a - b : b - a)))
})
test('the export has the order of its page', async () => {
  const order = async (params: Record<string, string>) =>
    (await exportedOf(params)).map((line) => line['occurred_at'])
  const newestFirst = await order({})
  expect(newestFirst).toEqual(newestFirst.toSorted().toReversed())
  expect(await order({ sort: 'time' })).toEqual(newestFirst.toReversed())
})
test('the export has what its page lists, and no formula', async () => {
  expect(await exportedOf({ outcome: 'warned' })).toMatchObject([
    { host: 'till-1', control: 'asr', outcome: 'warned', binary: '', file: "'=x.exe", user: 'CORP\\ada' },
  ])
})
test('an attempt is tied to the decision that its control carries out on its host, in the list and in the export', async () => {
  const decide = async (control: string, state: string, scope: object) => {
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO decision (entry_id, verdict, effect, control, scope, state, justification, proposed_by_id)
       SELECT c.id, 'safe-to-block', 'execution', $1, $3::jsonb, $2, 'unused', a.id FROM catalogue_entry c CROSS JOIN account a
       WHERE c.slug = 'mshta.exe' RETURNING id`,
      [control, state, JSON.stringify(scope)],
    )
    return rows[0]?.id
  }
  await pool().query("INSERT INTO account (email, name, role) VALUES ('ada@x', 'Ada', 'responder')")
  const { rows } = await pool().query<{ id: number }>("SELECT id FROM host WHERE name = 'ws-1'")
  const enforced = await decide('applocker', 'enforced', { kind: 'hosts', ids: [rows[0]?.id] })
  const asked = await decide('applocker', 'proposed', { kind: 'fleet' })
  // on other hosts, over, or nobody's yet
  await decide('app-control', 'audit', { kind: 'groups', ids: [1] })
  await decide('app-control', 'revoked', { kind: 'fleet' })
  await decide('app-control', 'draft', { kind: 'fleet' })
  const found = await listAttempts(ALL, parseAttemptRequest({}))
  const tied = found.rows.map(({ control, decisionId }) => [control, decisionId])
  expect(Object.fromEntries(tied)).toEqual({
    applocker: enforced,
    'app-control': null,
    asr: null,
    firewall: null,
  })
  const exported = await exportedOf({})
  expect(exported.flatMap((row) => row['decision_id'] || [])).toEqual([String(enforced)])
  expect(await controls({ decision: String(enforced) })).toEqual(['applocker'])
  expect(await controls({ decision: String(enforced), binary: 'mshta.exe', outcome: 'would-block' })).toEqual(
    ['applocker'],
  )
  expect(await controls({ decision: String(enforced), binary: 'cmd.exe' })).toEqual([])
  expect(await controls({ decision: String(enforced) }, TILLS)).toEqual([])
  // what another decision has is not its own, and there is no decision of that name
  expect(await controls({ decision: String(asked) })).toEqual([])
  expect(await controls({ decision: 'first' })).toEqual([])
  expect(await exportedOf({ decision: String(enforced) })).toHaveLength(1)
  await pool().query('DELETE FROM decision')
})
test('hosts outside the reader’s groups are neither listed nor counted', async () => {
  expect(await controls({}, TILLS)).toEqual(['asr'])
  expect(await controls({ host: 'ws-1' }, TILLS)).toEqual([])
  expect(await countAttemptFacets(TILLS, WHENEVER)).toEqual({
    control: [{ value: 'asr', count: 1 }],
    outcome: [{ value: 'warned', count: 1 }],
    host: [{ value: 'till-1', count: 1 }],
    binary: [],
  })
  expect((await countAttemptFacets(ALL, WHENEVER)).outcome[0]).toEqual({ value: 'blocked', count: 2 })
})

test('menus count what the period has, of binaries too', async () => {
  const facetsOf = (params: Record<string, string>, scope: Scope = ALL) =>
    countAttemptFacets(scope, parseAttemptRequest(params))
  expect((await facetsOf({})).binary).toEqual([{ value: 'mshta.exe', count: 3 }])
  const last = await facetsOf({ days: '7' })
  expect(last.control.map(({ value }) => value).toSorted()).toEqual(['app-control', 'asr', 'firewall'])
  expect(last.binary).toEqual([{ value: 'mshta.exe', count: 2 }])
  const first = { control: [{ value: 'applocker', count: 1 }], host: [{ value: 'ws-1', count: 1 }] }
  expect(await facetsOf({ from: '2026-01-05', to: '2026-01-05' })).toMatchObject(first)
  expect(await facetsOf({ to: '2026-01-10' })).toMatchObject(first)
  expect(await facetsOf({ to: '2026-01-10' }, TILLS)).toMatchObject({ control: [], host: [] })
})

test('a day is counted anew with what arrives, and what arrives again changes nothing', async () => {
  const before = await countAttemptFacets(ALL, WHENEVER)
  await store(ATTEMPTS)
  expect(await countNextAttemptDays(pool())).toBe(false)
  await store([attempt('late', 0, { host: 'till-2' }), attempt('late too', 0, { host: 'till-2' })])
  while (await countNextAttemptDays(pool()));
  const after = await countAttemptFacets(ALL, WHENEVER)
  expect(after.host).toContainEqual({ value: 'till-2', count: 2 })
  const total = (facets: typeof before) => facets.control.reduce((sum, { count }) => sum + count, 0)
  expect(total(after)).toBe(total(before) + 2)
})

test('a fleet of which controls alone report has a period of data', async () => {
  expect(await findDataSpan(ALL)).toBeNull()
  const us = Date.UTC(2026, 0, 5, 9) * 1000
  const mark = {
    hostName: 'ws-1',
    sensor: null,
    kind: 'attempt',
    subject: 'applocker',
    hours: 1 << 9,
  } as const
  const shift = { leastShift: null, greatestShift: null }
  await store([], [{ ...mark, ...shift, day: '2026-01-05', firstAtUs: us, lastAtUs: us }])
  expect(await findDataSpan(ALL)).toEqual({ from: '2026-01-05', to: '2026-01-05' })
})

test('a SID alone is shown by the name that another record gives it, and found by it; the system has one name', async () => {
  const sid = 'S-1-5-21-1-2-3-1001'
  await store([
    attempt('named', -30, { user: 'CORP\\cleo', userSid: sid }),
    attempt('unnamed', -29, { user: null, userSid: sid }),
    attempt('unknown', -28, { user: null, userSid: 'S-1-5-21-9-9-9-9' }),
    attempt('system', -27, { user: null, userSid: 'S-1-5-18' }),
    attempt('as printed', -26, { user: 'nt authority\\system', userSid: null }),
  ])
  const users = async (params: Record<string, string>) =>
    (await listAttempts(ALL, parseAttemptRequest({ to: '2025-12-30', ...params }))).rows.map(
      ({ user }) => user,
    )
  expect(await users({})).toEqual([
    'NT AUTHORITY\\SYSTEM',
    'NT AUTHORITY\\SYSTEM',
    'S-1-5-21-9-9-9-9',
    'CORP\\cleo',
    'CORP\\cleo',
  ])
  const exported = await exportedOf({ to: '2025-12-30' })
  expect(exported.map((row) => row['user'])).toEqual(await users({}))
  expect(await users({ q: 'cleo' })).toEqual(['CORP\\cleo', 'CORP\\cleo'])
  expect(await users({ q: 'authority' })).toEqual(['NT AUTHORITY\\SYSTEM', 'NT AUTHORITY\\SYSTEM'])
})
