import { isDeepStrictEqual } from 'node:util'
import type { ReadRule, ReadRules } from './read-rules'
import type { SigmaLevel } from './rule'

/** What a rule is known by in a list. */
export type RuleLine = { id: string; title: string; level: SigmaLevel; unknownFields: readonly string[] }
type Refusal = { path: string; title: string | null; reason: string }

/** What loading files would do to the rules that are there. */
export type LoadPlan = {
  added: readonly RuleLine[]
  changed: readonly (RuleLine & { fromSet: string })[]
  unchanged: number
  /** Rules of the set that the files do not hold; only where the set is replaced. */
  removed: readonly { id: string; title: string }[]
  refused: readonly Refusal[]
  /** What is to be stored: added and changed. */
  store: readonly ReadRule[]
}

type Stored = { id: string; title: string; setName: string; modified: string | null; document: unknown }

/**
 * Compares files with the stored rules. Of rules with one id the one modified last wins, among the files and against what is stored; of equals
 * the first file, and against what is stored the file. `replace`: rules of the set that no file holds go.
 */
export function planLoad(
  stored: readonly Stored[],
  files: readonly { path: string; read: ReadRules }[],
  { setName, replace }: { setName: string; replace: boolean },
): LoadPlan {
  const { offered, refused } = offer(files)
  const known = new Map(stored.map((rule) => [rule.id, rule]))
  const added: RuleLine[] = []
  const changed: LoadPlan['changed'][number][] = []
  const store: ReadRule[] = []
  let unchanged = 0
  for (const [id, { path, read }] of offered) {
    const before = known.get(id)
    if (before === undefined) added.push(toLine(read))
    else if (isOlder(read.rule.modified, before.modified)) {
      refused.push({
        path,
        title: read.rule.title,
        reason: `It was modified on ${read.rule.modified}; the one here on ${before.modified} is kept.`,
      })
      continue
    } else if (isDeepStrictEqual(read.document, before.document) && before.setName === setName) {
      unchanged++
      continue
    } else changed.push({ ...toLine(read), fromSet: before.setName })
    store.push(read)
  }
  const removed = replace ? stored.filter((rule) => rule.setName === setName && !offered.has(rule.id)) : []
  return {
    added,
    changed,
    unchanged,
    removed: removed.map(({ id, title }) => ({ id, title })),
    refused,
    store,
  }
}

type Offered = Map<string, { path: string; read: ReadRule }>

function offer(files: Parameters<typeof planLoad>[1]): { offered: Offered; refused: Refusal[] } {
  const offered: Offered = new Map()
  const refused: Refusal[] = []
  for (const { path, read } of files) {
    refused.push(...read.refused.map((one) => ({ path, ...one })))
    for (const one of read.rules) {
      const other = offered.get(one.rule.id)
      if (other === undefined || isOlder(other.read.rule.modified, one.rule.modified))
        offered.set(one.rule.id, { path, read: one })
      const loser =
        other !== undefined && offered.get(one.rule.id)?.read === one ? other : { path, read: one }
      if (other !== undefined) refused.push(duplicate(loser, one.rule.id))
    }
  }
  return { offered, refused }
}

function duplicate({ path, read }: { path: string; read: ReadRule }, id: string): Refusal {
  return {
    path,
    title: read.rule.title,
    reason: `Another of the files holds a rule of the id ${id} that is as new or newer.`,
  }
}

/** Dates are yyyy-mm-dd; a rule without one is never older. */
function isOlder(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one < other
}

function toLine({ rule: { id, title, level, unknownFields } }: ReadRule): RuleLine {
  return { id, title, level, unknownFields }
}
