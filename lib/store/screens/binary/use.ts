import type { Scope } from '@/lib/pipeline/actor'
import { daysOf } from '../data-window'
import { type Remembered, remembered } from '../remembered'
import { loadBreakdown } from './breakdown'
import { loadHostsOf } from './hosts'
import { countMasquerading, loadImages } from './images'
import { loadParentsByPatterns } from './parents-by-patterns'
import { type BinaryHeader, type BinaryView, loadReporting, loadTotals, loadUseByGroup } from './view'

export type UseOfBinary = Awaited<ReturnType<typeof loadUseNow>>

/** Everything that a page says of a binary's use in view. */
export function loadUse(
  scope: Scope,
  view: BinaryView,
  entry: BinaryHeader,
): Promise<Remembered<UseOfBinary>> {
  return remembered('use of a binary', scope, view, () => loadUseNow(scope, view, entry))
}

async function loadUseNow(scope: Scope, view: BinaryView, entry: BinaryHeader) {
  const [totals, reporting, series, heat, patterns, parents, users, images, masquerading, hosts] =
    await Promise.all([
      loadTotals(scope, view),
      loadReporting(scope, view.window),
      loadUseByGroup(scope, view, daysOf(view.window)),
      loadParentsByPatterns(scope, view),
      loadBreakdown(scope, view, 'pattern'),
      loadBreakdown(scope, view, 'parent'),
      loadBreakdown(scope, view, 'user'),
      loadImages(scope, view, entry),
      countMasquerading(scope, view),
      loadHostsOf(scope, view),
    ])
  return { totals, reporting, series, heat, patterns, parents, users, images, masquerading, hosts }
}
