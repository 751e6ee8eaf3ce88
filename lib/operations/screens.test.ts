import { describe, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
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
import { WHOLE_LIST as request, EXAMPLE_WINDOW as window, withExampleScreens } from './example-screens'

const ALL: Scope = { kind: 'all' }
const TILLS: Scope = { kind: 'groups', groupIds: [1] }
const MSHTA = 'C:\\Windows\\System32\\mshta.exe'

withExampleScreens()

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
    expect(await countMasquerading(use)).toEqual({ renamed: 1, impostor: 0, folder: 1 })
  })
  test('files are those of the host or the group in view', async () => {
    const pathsOf = async (host: string | null, group: string | null) => {
      const { entry, view } = await mshta(host, group)
      return (await loadImages(ALL, view, entry)).map(({ path, hosts }) => [path, hosts])
    }
    expect(await pathsOf(null, null)).toHaveLength(2)
    expect(await pathsOf('till-1', null)).toEqual([[MSHTA, 1]])
    expect(await pathsOf(null, 'Tills')).toEqual([[MSHTA, 1]])
    expect(await pathsOf('till-2', null)).toEqual([])
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
