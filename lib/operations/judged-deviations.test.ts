import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { exportCsv } from '@/lib/store/exports/registry'
import { pool } from '@/lib/store/pool'
import { listBinaries } from '@/lib/store/screens/binaries'
import { loadDeviationsOf } from '@/lib/store/screens/binary/hosts'
import { findBinary } from '@/lib/store/screens/binary/view'
import { parseDeviationRequest } from '@/lib/store/screens/deviations/filter'
import { loadQueue } from '@/lib/store/screens/deviations/list'
import { parseExecutionRequest, toExecutionFilter } from '@/lib/store/screens/executions/filter'
import { findExecution } from '@/lib/store/screens/executions/find-execution'
import { resolveFilter } from '@/lib/store/screens/executions/resolve-filter'
import { searchExecutions } from '@/lib/store/screens/executions/search'
import { listHosts } from '@/lib/store/screens/hosts'
import { countDeviations, readTrends } from '@/lib/store/screens/overview/deviations'
import { listNamedBinaries } from '@/lib/store/screens/reports/related'
import { searchNames } from '@/lib/store/screens/search'
import { countWaiting } from '@/lib/store/screens/waiting'
import { loadNecessityNow } from '@/lib/store/screens/what-if/load-necessity'
import { forgetTriage, itemOf, judge, withTriageExamples } from './triage-examples'

const examples = withTriageExamples()
const ALL: Scope = { kind: 'all' }
const WINDOW = { from: '2026-01-05', to: '2026-01-08' }

beforeEach(forgetTriage)

async function ofDriver(host: string) {
  const asked = toExecutionFilter(parseExecutionRequest({ q: 'driver.dll', host, days: 'all' }), null)
  return (await searchExecutions(ALL, await resolveFilter(ALL, asked), { after: null, pageSize: 50 })).rows
}

test('what is judged expected is counted as judged, whether or not some of it deviates still', async () => {
  const before = await countDeviations(ALL)
  const firstSeen = (await readTrends(ALL, WINDOW)).newDeviations
  expect(before.byState).toEqual({ open: 2 })
  await judge(examples().responder, 'public', { to: 'expected' })
  expect(await countDeviations(ALL)).toMatchObject({
    byState: { open: 1, expected: 1 },
    rulingsInForce: 1,
  })
  expect((await readTrends(ALL, WINDOW)).newDeviations).toEqual(firstSeen)
  await forgetTriage()
  // explained on two hosts of three: it waits again, as the queue says
  await judge(examples().groupResponder, 'public', { to: 'expected', scope: 'groups' })
  expect((await countDeviations(ALL)).byState).toEqual({ open: 2 })
  const inGroup: Scope = { kind: 'groups', groupIds: [examples().groupId] }
  expect((await countDeviations(inGroup)).byState).toEqual({ open: 1, expected: 1 })
})

test('a ruling whose last day is today is in force', async () => {
  const today = new Date().toISOString().slice(0, 10)
  await judge(examples().responder, 'public', { to: 'expected', until: today })
  expect((await countDeviations(ALL)).rulingsInForce).toBe(1)
})

test.each(['expected', 'authorised-test'] as const)(
  'use that is judged %s says so in the list, on its page, in the export and beside what a block would stop',
  async (state) => {
    await judge(examples().responder, 'public', { to: state })
    const [row] = await ofDriver('ws-1.example')
    if (row === undefined) throw new Error('nothing found')
    expect(row).toMatchObject({ scoreMillibits: 0, triage: { state } })
    expect((await findExecution(ALL, row))?.deviation).toMatchObject({ state, reasons: null })

    const pieces: Uint8Array[] = []
    const asked = { q: 'driver.dll', days: 'all' }
    for await (const piece of await exportCsv('executions', { scope: ALL, judge: null }, asked))
      pieces.push(piece)
    const lines: { triage: string }[] = parse(Buffer.concat(pieces).toString('utf8'), { columns: true })
    expect(lines.map(({ triage }) => triage)).toEqual(Array(9).fill(state))

    const entry = await findBinary('regsvr32.exe')
    if (entry === null) throw new Error('no such binary')
    const { purposes } = await loadNecessityNow(ALL, entry, { kind: 'fleet' })
    const states = purposes.map(({ pattern, deviation }) => [pattern?.split('\\').at(-1), deviation])
    expect(Object.fromEntries(states)).toMatchObject({ 'driver.dll': state, 'plain.dll': null })
  },
)

test('use that no ruling explains keeps what was said of it where it deviates', async () => {
  await judge(examples().groupResponder, 'public', { to: 'expected', scope: 'groups' })
  expect((await ofDriver('ws-1.example'))[0]?.triage).toMatchObject({ state: 'expected' })
  const [other] = await ofDriver('ws-3.example')
  expect(other?.scoreMillibits).toBeGreaterThan(0)
  expect(other?.triage).toMatchObject({ state: 'expected' })
  if (other !== undefined) expect((await findExecution(ALL, other))?.deviation?.reasons).not.toBeNull()
})

test('lists of binaries and hosts count the deviations that the queue shows for them', async () => {
  const request = { q: '', descending: true, page: 1, pageSize: 500, after: null, filters: {} }
  const agree = async () => {
    const binaries = await listBinaries(ALL, { ...request, sort: 'name' }, WINDOW)
    const hosts = await listHosts(ALL, { ...request, sort: 'name' }, WINDOW)
    const counts = [
      ...binaries.rows.map(({ slug, openDeviations }) => [{ binary: slug }, openDeviations] as const),
      ...hosts.rows.map(({ name, openDeviations }) => [{ host: name }, openDeviations] as const),
    ]
    for (const [asked, shown] of counts) {
      const queue = parseDeviationRequest({ ...asked, state: ['open', 'flagged'] })
      if (shown > 0) expect((await loadQueue(ALL, queue)).total, JSON.stringify(asked)).toBe(shown)
    }
    const waiting = await countWaiting(ALL, null)
    expect((await loadQueue(ALL, parseDeviationRequest({}))).total).toBe(waiting.openDeviations)
    return counts.reduce((sum, [, shown]) => sum + shown, 0)
  }
  // two items of one binary, on ws-1 both, on ws-2 and ws-3 one
  expect(await agree()).toBe(2 + 4)
  await judge(examples().groupResponder, 'public', { to: 'expected', scope: 'groups' })
  expect(await agree()).toBe(2 + 2)
  await judge(examples().responder, 'scrobj', { to: 'malicious' })
  expect(await agree()).toBe(1 + 1)
})

test.each(['flagged', 'open'] as const)(
  'what somebody took up and left %s waits everywhere or nowhere, also when nothing of it deviates any more',
  async (state) => {
    const { responder } = examples()
    const request = {
      q: '',
      descending: true,
      page: 1,
      pageSize: 500,
      after: null,
      filters: {},
      sort: 'name',
    } as const
    const numbers = async (scope: Scope) => ({
      binary: (await listBinaries(scope, request, WINDOW)).rows.find(({ slug }) => slug === 'regsvr32.exe')
        ?.openDeviations,
      report: (await listNamedBinaries(scope, ['regsvr32.exe'], WINDOW))[0]?.openDeviations,
      queue: (await loadQueue(scope, parseDeviationRequest({ state: ['open', 'flagged'] }))).total,
      hosts: Object.fromEntries(
        (await listHosts(scope, request, WINDOW)).rows.map((row) => [row.name, row.openDeviations]),
      ),
    })
    await judge(responder, 'public', { to: 'flagged' })
    if (state === 'open') await judge(responder, 'public', { to: 'open' })
    const before = await numbers(ALL)
    expect(before).toMatchObject({ binary: 2, report: 2, queue: 2 })
    const { id } = await itemOf('public')
    // as if what it does had become common
    await pool().query('DELETE FROM deviation_hit WHERE deviation_id = $1', [id])
    expect(await numbers(ALL)).toEqual(before)
    const group: Scope = { kind: 'groups', groupIds: [examples().groupId] }
    expect(await numbers(group)).toMatchObject({
      binary: 2,
      report: 2,
      queue: 2,
      hosts: { 'ws-1.example': 2, 'ws-2.example': 1 },
    })
    for (const scope of [ALL, group])
      expect((await countWaiting(scope, null)).openDeviations).toBe(
        (await loadQueue(scope, parseDeviationRequest({}))).total,
      )
    const entry = await findBinary('regsvr32.exe')
    const listed = await loadDeviationsOf(ALL, entry?.id ?? 0)
    expect(listed.find((one) => one.id === id)).toMatchObject({
      state,
      scoreMillibits: null,
      hosts: 3,
      executions: 9,
    })
    expect(listed).toHaveLength(2)
  },
)

test('the queue shows what was seen in a period, whatever explains it', async () => {
  const seen = async (asked: Record<string, string>) => {
    const { rows } = await loadQueue(ALL, parseDeviationRequest({ state: 'all', below: 'yes', ...asked }))
    return rows.map(({ title }) => (title.includes('scrobj') ? 'scriptlet' : 'driver')).sort()
  }
  const agree = async () => {
    expect(await seen({ from: '2026-01-05', to: '2026-01-06' })).toEqual(['driver'])
    expect(await seen({ from: '2026-01-07', to: '2026-01-07' })).toContain('scriptlet')
    expect(await seen({ to: '2026-01-04' })).toEqual([])
    expect(await seen({ from: '2026-01-09' })).toEqual([])
    expect(await seen({ days: '1' })).not.toContain('scriptlet')
    expect(await seen({ days: '2' })).toContain('scriptlet')
    expect(await seen({ days: 'all' })).toEqual(['driver', 'scriptlet'])
  }
  await agree()
  for (const words of ['public', 'scrobj']) await judge(examples().responder, words, { to: 'expected' })
  await agree()
})

test('of a host and a period the queue shows what was seen there then, not elsewhere or before', async () => {
  const { rows } = await pool().query<{ id: string; host: string; other: string; day: string }>(
    `SELECT t.deviation_id AS id, h.name AS host, o.name AS other, t.day::text AS day
     FROM deviation_hit t JOIN host h ON h.id = t.host_id JOIN deviation_hit u ON u.deviation_id = t.deviation_id AND u.day = t.day
     JOIN host o ON o.id = u.host_id WHERE o.id > h.id ORDER BY 1, 2, 3 LIMIT 1`,
  )
  const [one] = rows
  if (one === undefined) throw new Error('nothing is on two hosts')
  const move = (days: number) =>
    pool().query(
      `UPDATE deviation_hit t SET day = day + $3::int FROM host h WHERE h.id = t.host_id AND h.name = $2 AND t.deviation_id = $1`,
      [one.id, one.host, days],
    )
  const ids = async (asked: Record<string, string>) => {
    const found = await loadQueue(ALL, parseDeviationRequest({ state: 'all', below: 'yes', ...asked }))
    return found.rows.map(({ id }) => id)
  }
  const period = { from: one.day, to: one.day }
  expect(await ids({ ...period, host: one.host })).toContain(one.id)
  await move(-30)
  expect(await ids(period)).toContain(one.id)
  expect(await ids({ ...period, host: one.other })).toContain(one.id)
  expect(await ids({ host: one.host })).toContain(one.id)
  expect(await ids({ ...period, host: one.host })).not.toContain(one.id)
  await move(30)
})

test('a deviation that is explained is found by its name', async () => {
  await judge(examples().responder, 'public', { to: 'expected' })
  const found = await searchNames(ALL, 'driver')
  expect(found.map(({ type }) => type)).toContain('Deviation')
  expect(
    (await searchNames({ kind: 'groups', groupIds: [0] }, 'driver')).map(({ type }) => type),
  ).not.toContain('Deviation')
})

test('use that scores nothing by itself is not said to be explained by a ruling of other hosts', async () => {
  await judge(examples().groupResponder, 'public', { to: 'expected', scope: 'groups' })
  // as if it were ordinary there
  const there = `host_id = (SELECT id FROM host WHERE name = 'ws-3.example')`
  await pool().query(`DELETE FROM deviation_hit WHERE ${there}`)
  await pool().query(`UPDATE usage SET score_millibits = 0 WHERE ${there}`)
  const [ordinary] = await ofDriver('ws-3.example')
  expect(ordinary).toMatchObject({ scoreMillibits: 0, triage: null })
  expect((await ofDriver('ws-1.example'))[0]?.triage).toMatchObject({ state: 'expected' })
})
