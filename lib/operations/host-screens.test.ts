import { describe, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { COVERAGE_CLASSES } from '@/lib/pipeline/baseline/coverage'
import { addDays } from '@/lib/pipeline/days'
import { loadHostCoverage } from '@/lib/store/host-coverage'
import { pool } from '@/lib/store/pool'
import { loadHostBaseline } from '@/lib/store/screens/host/baseline'
import { findHost, findHostNamed, loadCoverageOf } from '@/lib/store/screens/host/find-host'
import { loadTimeline } from '@/lib/store/screens/host/timeline'
import { listHosts } from '@/lib/store/screens/hosts'
import { WHOLE_LIST as request, EXAMPLE_WINDOW as window, withExampleScreens } from './example-screens'

const ALL: Scope = { kind: 'all' }
const TILLS: Scope = { kind: 'groups', groupIds: [1] }

withExampleScreens()

describe('hosts', () => {
  test('say what they report and use', async () => {
    const { rows, total } = await listHosts(ALL, { ...request, sort: 'executions' }, window)
    expect(total).toBe(4)
    expect(rows[0]).toMatchObject({
      name: 'till-1',
      group: 'Tills',
      daysCovered: 2,
      binaries: 1,
      executions: 3,
      sensors: ['sysmon'],
    })
    expect(rows.find(({ name }) => name === 'srv-1')).toMatchObject({
      executions: 0,
      coverage: 'no-command-lines',
    })
    for (const { maturity } of rows) expect(maturity).toBeGreaterThanOrEqual(0)
  })
  test('are found by group, sensor, gap and name, within the reader’s groups', async () => {
    const names = async (scope: Scope, filters: Record<string, string[]>, q = '') => {
      const { rows } = await listHosts(
        scope,
        { ...request, q, sort: 'name', descending: false, filters },
        window,
      )
      return rows.map(({ name }) => name)
    }
    expect(await names(ALL, { group: ['Servers'] })).toEqual(['srv-1', 'srv-2'])
    expect(await names(ALL, { coverage: ['no-command-lines'] })).toEqual(['srv-1'])
    expect(await names(ALL, { sensor: ['defender'] })).toEqual([])
    expect(await names(TILLS, {}, '-1')).toEqual(['till-1'])
  })
  test('are filtered by the coverage that everything else says of them, gaps included', async () => {
    const day = (host: string, date: string, creations: number, lines: number) =>
      pool().query(
        `INSERT INTO coverage (host_id, day, sensor, creations, with_command_line, with_parent, with_hash, first_at, last_at)
         SELECT id, $2::date, 2, $3, $4, $3, 0, $2::date, $2::date FROM host WHERE name = $1`,
        [host, date, creations, lines],
      )
    const wide = { from: addDays(window.to, -40), to: window.to }
    for (const back of [40, 35, 30, 25, 20, 15, 10, 5]) await day('till-2', addDays(window.to, -back), 9, 9)
    await day('srv-2', addDays(window.to, -39), 5, 5)
    const known = await loadHostCoverage(pool(), ALL, wide)
    for (const coverage of COVERAGE_CLASSES) {
      const { rows } = await listHosts(
        ALL,
        { ...request, sort: 'coverage', descending: false, filters: { coverage: [coverage] } },
        wide,
      )
      expect(rows.map(({ name }) => name).sort()).toEqual(
        known.filter((host) => host.coverage === coverage).map(({ name }) => name),
      )
      for (const row of rows) expect(row.coverage).toBe(coverage)
    }
    const { rows } = await listHosts(ALL, { ...request, sort: 'gaps', descending: true }, wide)
    expect(rows[0]).toMatchObject({ name: 'srv-2', coverage: 'partial' })
    expect(rows[0]?.longestGapDays).toBeGreaterThan(20)
    await pool().query('DELETE FROM coverage WHERE sensor = 2')
  })
  test('a host whose logs are stamped off its own time says by how much', async () => {
    const shiftOf = async () =>
      (await listHosts(ALL, { ...request, q: 'till-1', sort: 'name' }, window)).rows[0]?.clockShift
    expect(await shiftOf()).toBeNull()
    await pool().query(
      `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at, least_shift, greatest_shift)
       SELECT id, host_id, '2026-01-05', 0, 0, 'off', 1, '2026-01-05', '2026-01-05', -60, 3600 FROM host_alias WHERE alias = 'till-1'`,
    )
    expect(await shiftOf()).toEqual({ least: -60, greatest: 3600 })
    await pool().query("DELETE FROM telemetry WHERE subject = 'off'")
  })
  test('hosts have their place by what they sent last, of any kind and whichever the window', async () => {
    await pool().query(
      `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at)
       SELECT id, host_id, '2026-01-02', 0, 0, 'before', 1, '2026-01-02', '2026-01-09'::timestamptz + id * interval '1 hour'
       FROM host_alias WHERE alias IN ('till-2', 'srv-1')`,
    )
    const before = { from: '2026-01-03', to: '2026-01-04' }
    const namesBy = async (descending: boolean, period = before) =>
      (await listHosts(ALL, { ...request, sort: 'lastSeen', descending }, period)).rows.map(
        ({ name }) => name,
      )
    const newestFirst = await namesBy(true)
    expect(newestFirst.slice(0, 2).toSorted()).toEqual(['srv-1', 'till-2'])
    expect((await namesBy(false)).slice(-2)).toEqual(newestFirst.slice(0, 2).toReversed())
    expect(await namesBy(true, window)).toEqual(newestFirst)
    await pool().query("DELETE FROM telemetry WHERE subject = 'before'")
  })
  test('one host shows its baseline beside group and fleet', async () => {
    const { rows } = await listHosts(ALL, { ...request, q: 'till-1', sort: 'name' }, window)
    const id = rows[0]?.id ?? 0
    const host = await findHost(ALL, id)
    if (!host) throw new Error('no host')
    expect(host).toMatchObject({
      name: 'till-1',
      group: 'Tills',
      aliases: [{ alias: 'till-1', pinned: false }],
    })
    const [baseline] = await loadHostBaseline(ALL, host, window)
    expect(baseline).toMatchObject({ slug: 'mshta.exe', executions: 3 })
    expect(baseline?.uses[0]).toMatchObject({ executions: 2, users: ['CORP\\ada', 'CORP\\ben'], days: 2 })
    expect(baseline?.uses.find(({ parent }) => parent?.startsWith('winword'))).toMatchObject({
      trusted: false,
      fleetHosts: 0,
      groupHosts: 0,
    })
    expect(await loadCoverageOf(ALL, id, window)).toMatchObject([
      { sensor: 'sysmon', days: [{ creations: 1 }, { creations: 2 }] },
    ])
    const { events, since } = await loadTimeline(ALL, id, window)
    expect(events.filter(({ kind }) => kind === 'execution')).toHaveLength(3)
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => b - a))
    expect(since).toBeNull()
  })
  test('a host’s timeline keeps to the period, and to what both of its kinds are whole of', async () => {
    const { rows } = await listHosts(ALL, { ...request, q: 'till-1', sort: 'name' }, window)
    const kindsOf = async (from: string, to: string, most?: number) => {
      const { events, since } = await loadTimeline(ALL, rows[0]?.id ?? 0, { from, to }, most)
      return { kinds: events.map(({ kind }) => kind).toSorted(), since }
    }
    const [tenth, eleventh] = [10, 11].map((hour) => Date.UTC(2026, 0, 6, hour) * 1000)
    expect(await kindsOf(window.from, window.from)).toEqual({ kinds: ['execution'], since: null })
    const both = ['deviation', 'execution', 'execution']
    expect(await kindsOf(window.to, window.to)).toEqual({ kinds: both, since: null })
    expect(await kindsOf(window.from, window.to, 2)).toEqual({ kinds: both, since: tenth })
    // the deviation an hour before has not been left out of anything, but executions of its time have
    expect(await kindsOf(window.from, window.to, 1)).toEqual({ kinds: ['execution'], since: eleventh })
  })
  test('a host outside the reader’s groups is not found', async () => {
    const { rows } = await listHosts(ALL, { ...request, q: 'srv-1', sort: 'name' }, window)
    expect(await findHost(TILLS, rows[0]?.id ?? 0)).toBeNull()
    expect(await findHostNamed(ALL, 'SRV-1')).toBe(rows[0]?.id)
    expect(await findHostNamed(TILLS, 'srv-1')).toBeNull()
    expect(await findHostNamed(ALL, 'srv')).toBeNull()
  })
})
