import { beforeAll, describe, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { COVERAGE_CLASSES } from '@/lib/pipeline/baseline/coverage'
import { addDays } from '@/lib/pipeline/days'
import { loadHostCoverage } from '@/lib/store/host-coverage'
import { pool } from '@/lib/store/pool'
import { type BinarySort, listBinaries } from '@/lib/store/screens/binaries'
import { loadBreakdown, loadUsers } from '@/lib/store/screens/binary/breakdown'
import { loadDeviationsOf, loadHostsOf } from '@/lib/store/screens/binary/hosts'
import { countMasquerading, loadImages } from '@/lib/store/screens/binary/images'
import { rollupsOf } from '@/lib/store/screens/binary/rollups'
import { loadTotals, loadUseByGroup } from '@/lib/store/screens/binary/totals'
import {
  findOpened,
  loadHostsWithin,
  loadParentsByPatterns,
  type UseMap,
} from '@/lib/store/screens/binary/use-map'
import { findBinary, loadReporting } from '@/lib/store/screens/binary/view'
import { daysOf, findDataSpan, lastDays, requestedWindow } from '@/lib/store/screens/data-window'
import { loadHostBaseline } from '@/lib/store/screens/host/baseline'
import { findHost, findHostNamed, loadCoverageOf } from '@/lib/store/screens/host/find-host'
import { loadTimeline } from '@/lib/store/screens/host/timeline'
import { listHosts } from '@/lib/store/screens/hosts'
import { withTestDatabase } from '@/lib/store/test-database'
import { bringExampleScreens } from './example-screens'
import { recompute } from './recompute/recompute'

const ALL: Scope = { kind: 'all' }
const TILLS: Scope = { kind: 'groups', groupIds: [1] }
const MSHTA = 'C:\\Windows\\System32\\mshta.exe'

withTestDatabase()
beforeAll(async () => {
  await bringExampleScreens(pool())
  await recompute(pool())
})

const request = { q: '', descending: true, page: 1, pageSize: 500, after: null, filters: {} } as const
const window = { from: '2026-01-05', to: '2026-01-06' }

const executionsOf = (map: Pick<UseMap, 'cells'>) => map.cells.reduce((sum, one) => sum + one.executions, 0)

async function mshta(host: string | null = null, group: string | null = null) {
  const entry = await findBinary('mshta.exe')
  if (!entry) throw new Error('no entry')
  const view = { entryId: entry.id, window, host, group }
  return { entry, view, use: rollupsOf(ALL, view) }
}

describe('the period', () => {
  test('ends at the newest data, not today', async () => {
    expect(await findDataSpan(ALL)).toEqual(window)
    expect(lastDays({ from: '2025-01-01', to: '2026-01-06' }, 7)).toEqual({
      from: '2025-12-31',
      to: '2026-01-06',
    })
    expect(daysOf(window)).toEqual(['2026-01-05', '2026-01-06'])
  })
  test('a link with nonsense in it opens with the usual period', () => {
    const odd = { filters: { days: ['x'], from: ['2026-13-99'], to: ['-'] } }
    expect(requestedWindow(window, odd, 30)).toEqual(window)
    const backwards = { filters: { from: ['2026-01-06'], to: ['2026-01-05'] } }
    expect(requestedWindow(window, backwards, 30)).toEqual(window)
  })
})

describe('binaries', () => {
  const list = async (
    scope: Scope,
    filters: Record<string, string[]> = {},
    sort: BinarySort = 'executions',
  ) => listBinaries(scope, { ...request, sort, filters }, window)
  test('each is listed with its use, those that nobody used too', async () => {
    const { rows, total } = await list(ALL)
    expect(rows[0]).toMatchObject({
      slug: 'mshta.exe',
      executions: 4,
      hosts: 2,
      patterns: 3,
      daily: [2, 2],
      decision: null,
    })
    expect(rows.at(-1)).toMatchObject({ executions: 0, hosts: 0, lastAt: null, highestScoreMillibits: null })
    expect(total).toBe(rows.length)
  })
  test('never seen and seen are told apart by all data, not by the period', async () => {
    expect((await list(ALL, { seen: ['yes'] })).rows.map(({ slug }) => slug)).toEqual(['mshta.exe'])
    const before = { from: '2020-01-01', to: '2020-01-02' }
    const seen = await listBinaries(ALL, { ...request, sort: 'name', filters: { seen: ['yes'] } }, before)
    expect(seen.rows).toMatchObject([{ slug: 'mshta.exe', executions: 0, hosts: 0 }])
  })
  test('hosts outside the reader’s groups do not count', async () => {
    expect((await list(TILLS)).rows[0]).toMatchObject({ slug: 'mshta.exe', executions: 3, hosts: 1 })
    expect((await list({ kind: 'groups', groupIds: [99] }, { seen: ['yes'] })).rows).toEqual([])
  })
  test('every sort and filter is answered', async () => {
    for (const sort of ['name', 'hosts', 'patterns', 'parents', 'deviations', 'score', 'lastSeen'] as const)
      expect((await list(ALL, {}, sort)).rows.length).toBeGreaterThan(100)
    const narrow = { technique: ['T1218.005'], named: ['yes'], decision: ['undecided'], tier: ['baseline'] }
    expect((await list(ALL, narrow)).rows.map(({ slug }) => slug)).toEqual(['mshta.exe'])
  })
})

describe('one binary', () => {
  test('absence is only told of hosts with full coverage', async () => {
    const { view, use } = await mshta()
    const { using, notSeen, counts } = await loadHostsOf(ALL, view, use)
    expect(using.map(({ name }) => name).sort()).toEqual(['srv-2', 'till-1'])
    expect(notSeen.map(({ name, coverage }) => [name, coverage])).toEqual([
      ['till-2', 'full'],
      ['srv-1', 'no-command-lines'],
    ])
    expect(counts).toEqual({ full: 1, partial: 0, 'no-command-lines': 1, silent: 0 })
  })
  test('patterns come with days, hours, hosts and groups', async () => {
    const { view, use } = await mshta()
    const { rows, total } = await loadBreakdown(use, 'pattern')
    expect(total).toBe(3)
    expect(rows[0]).toMatchObject({
      executions: 2,
      days: 2,
      hosts: 1,
      hours: (1 << 10) | (1 << 11),
      groups: { Tills: 1 },
    })
    expect((await loadUsers(ALL, view, use)).rows.map(({ value }) => value).sort()).toEqual([
      'CORP\\ada',
      'CORP\\ben',
    ])
  })
  test('parents × patterns adds up to the executions, for a host and a group as well', async () => {
    for (const [host, group, executions] of [
      [null, null, 4],
      ['till-1', null, 3],
      [null, 'Servers', 1],
    ] as const) {
      const { use } = await mshta(host, group)
      const map = await loadParentsByPatterns(use)
      expect(executionsOf(map)).toBe(executions)
      expect((await loadTotals(use)).executions).toBe(executions)
      const known = new Set([...map.rows, ...map.columns].map(({ id }) => id))
      expect(map.cells.every(({ row, column }) => known.has(row) && known.has(column))).toBe(true)
    }
  })
  test('the hosts behind a parent or a pattern add up to what the map says of it, in sight only', async () => {
    const { view, use } = await mshta()
    const map = await loadParentsByPatterns(use)
    for (const side of ['parent', 'pattern'] as const)
      for (const { id, value } of side === 'parent' ? map.rows : map.columns) {
        const within = await loadHostsWithin(ALL, view, { side, id })
        const cells = map.cells.filter((cell) => (side === 'parent' ? cell.row : cell.column) === id)
        expect(executionsOf(within)).toBe(executionsOf({ cells }))
        expect(await findOpened({ side, id })).toEqual({ id, value })
        const { rows: seen } = await loadHostsWithin(TILLS, view, { side, id })
        expect(seen.every((row) => row.value?.startsWith('till-'))).toBe(true)
      }
    expect(await findOpened({ side: 'parent', id: '1' })).toBeNull()
  })
  test('a renamed copy with deceptive letters in a wrong folder is told as such', async () => {
    const { entry, view, use } = await mshta()
    const images = await loadImages(ALL, view, entry)
    expect(images.find(({ renamed }) => renamed)).toMatchObject({
      deceptive: true,
      folderExpected: false,
      executions: 1,
    })
    expect(images.find(({ path }) => path === MSHTA)).toMatchObject({
      deceptive: false,
      folderExpected: true,
      renamed: false,
    })
    expect(await countMasquerading(use)).toEqual({ renamed: 1, impostor: 0, wrongFolder: 1 })
  })
  test('use by group and open deviations keep to the reader’s hosts', async () => {
    const { entry, view, use } = await mshta()
    const days = daysOf(window)
    expect(await loadUseByGroup(use, days)).toEqual([
      { name: 'Tills', values: [1, 2] },
      { name: 'Servers', values: [1, 0] },
    ])
    expect(await loadUseByGroup(rollupsOf(TILLS, view), days)).toEqual([{ name: 'Tills', values: [1, 2] }])
    const { groups } = await loadReporting(ALL, window)
    expect(groups.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { id: expect.any(Number), name: 'Servers', hosts: 2 },
      { id: expect.any(Number), name: 'Tills', hosts: 2 },
    ])
    const everywhere = await loadDeviationsOf(ALL, entry.id)
    const tills = await loadDeviationsOf(TILLS, entry.id)
    expect(tills.length).toBeGreaterThan(0)
    expect(tills.length).toBeLessThan(everywhere.length)
  })
})

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
    const timeline = await loadTimeline(ALL, id)
    expect(timeline.filter(({ kind }) => kind === 'execution')).toHaveLength(3)
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted((a, b) => b - a))
  })
  test('a host outside the reader’s groups is not found', async () => {
    const { rows } = await listHosts(ALL, { ...request, q: 'srv-1', sort: 'name' }, window)
    expect(await findHost(TILLS, rows[0]?.id ?? 0)).toBeNull()
    expect(await findHostNamed(ALL, 'SRV-1')).toBe(rows[0]?.id)
    expect(await findHostNamed(TILLS, 'srv-1')).toBeNull()
    expect(await findHostNamed(ALL, 'srv')).toBeNull()
  })
})
