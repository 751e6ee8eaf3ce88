import { performance } from 'node:perf_hooks'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Actor } from '@/lib/pipeline/actor'
import { dayNumber, dayOfNumber } from '@/lib/pipeline/days'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { deviationIdOf } from '@/lib/pipeline/deviation/deviation-key'
import { type FleetDay, foldFleet } from '@/lib/pipeline/deviation/fold-fleet'
import type { ScoreSettings } from '@/lib/pipeline/deviation/score-signature'
import { compareItems, type ItemDay, type SettingsEffect } from '@/lib/pipeline/deviation/settings-preview'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { subjectWords } from '@/lib/pipeline/deviation/words'
import { findThreshold } from '@/lib/store/calibration'
import { pool } from '@/lib/store/pool'
import { loadStoredUse, type StoredUse } from '@/lib/store/preview-usage'
import { loadScoringByDay } from '@/lib/store/settings'
import { BEGINNING, checkedSettings, type SettingsChange } from './change-settings'

/** Rows of use that are scored twice, at most: about ten seconds of one processor. */
const MAX_ROWS = 120_000
const WINDOW_DAYS = 30
/** Host-days scored before others get their turn. */
const TURN = 50

export type PreviewOfSettings =
  | { kind: 'nothing'; words: string }
  | ({
      kind: 'effect'
      /** The last days with data, 'YYYY-MM-DD': those of newBefore and newAfter. */
      days: string[]
      hosts: StoredUse['hosts']
      from: string | null
      seconds: number
      /** From which score on items are counted: the threshold in force. */
      leastMillibits: number
    } & SettingsEffect)

/**
 * What settings would do to the queue, before they are saved: all stored use, or that of a sample of hosts, is scored in memory with the
 * settings in force and with these. Changes nothing. With every host looked at it says what re-computation will then do.
 * @throws ExpectedError 'forbidden', 'invalid-input'
 */
export async function previewSettings(actor: Actor, submitted: SettingsChange): Promise<PreviewOfSettings> {
  requirePermission(actor, 'manage-settings')
  const { scoring, from } = checkedSettings(submitted)
  const started = performance.now()
  const [use, scoringOn, threshold] = await Promise.all([
    loadStoredUse(pool(), MAX_ROWS),
    loadScoringByDay(pool()),
    findThreshold(pool()),
  ])
  const newest = use?.days.at(-1)
  if (use === null || newest === undefined)
    return {
      kind: 'nothing',
      words: 'No use of proxy binaries is on record yet: there is nothing to show an effect on.',
    }
  const first = dayNumber(from ?? BEGINNING)
  const fresh = { ...scoring, riskShare: 1 }
  const before = await score(use, scoringOn)
  const after = await score(use, (day) => (day >= first ? fresh : scoringOn(day)))
  const window = {
    from: Math.max(newest.day - WINDOW_DAYS + 1, use.days[0]?.day ?? newest.day),
    to: newest.day,
  }
  const leastMillibits = threshold?.millibits ?? DEVIATION_FLOOR_MILLIBITS
  return {
    kind: 'effect',
    days: Array.from({ length: window.to - window.from + 1 }, (_, index) => dayOfNumber(window.from + index)),
    hosts: use.hosts,
    from,
    leastMillibits,
    ...compareItems(before, after, window, leastMillibits),
    seconds: (performance.now() - started) / 1000,
  }
}

/** Every deviation of the fold, other requests getting their turn in between. */
async function score(use: StoredUse, settingsOn: (day: number) => ScoreSettings): Promise<ItemDay[]> {
  const signatures: FleetDay['signatures'] = new Map(use.days.flatMap((day) => [...day.signatures]))
  const days = use.days.map((day) => ({ ...day, settings: settingsOn(day.day) }))
  const rulingsFor = (host: string, group: string | null) => use.rulingsFor(Number(host), Number(group ?? 0))
  const items: ItemDay[] = []
  let turn = 0
  for (const { day, result } of foldFleet(days, { rulingsFor })) {
    for (const { signatureId, scoreMillibits } of result.rows) {
      const signature = signatures.get(signatureId)
      if (signature === undefined || scoreMillibits < DEVIATION_FLOOR_MILLIBITS) continue
      items.push({
        day,
        item: deviationIdOf(signature),
        slug: signature.slug,
        title: subjectWords(signature),
        scoreMillibits,
      })
    }
    if (++turn % TURN === 0) await breathe()
  }
  return items
}
