import type { Scope } from '@/lib/pipeline/actor'
import { daysOf, findDataSpan, lastDays } from '../data-window'
import { type Remembered, remembered } from '../remembered'
import { loadNecessity } from '../what-if/load-necessity'
import { loadActions } from './actions'
import { type Breakdown, loadBreakdown, loadUsers } from './breakdown'
import { loadHostsOf } from './hosts'
import { countMasquerading, loadImages } from './images'
import { rollupsOf } from './rollups'
import { loadTotals, loadUseByGroup } from './totals'
import { findOpened, loadHostsWithin, loadParentsByPatterns, type Opened } from './use-map'
import { type BinaryHeader, type BinaryView, findBinary, loadReporting } from './view'

export type UseOfBinary = Awaited<ReturnType<typeof loadUseNow>>

/** Everything that a page says of a binary's use in view, but for its users. */
export function loadUse(
  scope: Scope,
  view: BinaryView,
  entry: BinaryHeader,
): Promise<Remembered<UseOfBinary>> {
  return remembered('use of a binary', scope, view, () => loadUseNow(scope, view, entry))
}

/** The users apart: only `usage` says when each of them was there, and reading it takes several times as long as all the rest. */
export function loadUsersOf(scope: Scope, view: BinaryView): Promise<Remembered<Breakdown>> {
  return remembered('users of a binary', scope, view, () => loadUsers(scope, view, rollupsOf(scope, view)))
}

/** The hosts behind one parent or pattern of the map; null = nothing in view has that id: what it is called is not for those who see none of it. */
export async function loadOpened(scope: Scope, view: BinaryView, opened: Opened) {
  const { value } = await remembered('use of a binary within', scope, { view, opened }, () =>
    loadHostsWithin(scope, view, opened),
  )
  const name = value.cells.length === 0 ? null : await findOpened(opened)
  return name === null ? null : { ...opened, name, map: value }
}

/** All that takes long of a binary's page as it is opened first, over its last days and all hosts in sight, as the catalogue has it now. */
export async function loadBinaryPage(
  scope: Scope,
  slug: string,
  days: number,
): Promise<Remembered<unknown>[]> {
  const [entry, span] = await Promise.all([findBinary(slug), findDataSpan(scope)])
  if (entry === null || span === null) return []
  const view = { entryId: entry.id, window: lastDays(span, days), host: null, group: null }
  return [
    await loadUse(scope, view, entry),
    await loadNecessity(scope, entry),
    await loadActions(scope, view, entry.slug),
    await loadUsersOf(scope, view),
  ]
}

async function loadUseNow(scope: Scope, view: BinaryView, entry: BinaryHeader) {
  const use = rollupsOf(scope, view)
  const [totals, reporting, series, map, patterns, parents, images, masquerading, hosts] = await Promise.all([
    loadTotals(use),
    loadReporting(scope, view.window),
    loadUseByGroup(use, daysOf(view.window)),
    loadParentsByPatterns(use),
    loadBreakdown(use, 'pattern'),
    loadBreakdown(use, 'parent'),
    loadImages(scope, view, entry),
    countMasquerading(use),
    loadHostsOf(scope, view, use),
  ])
  return { totals, reporting, series, map, patterns, parents, images, masquerading, hosts }
}
