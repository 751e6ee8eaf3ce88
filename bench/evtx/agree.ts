import type { ComparableRecord, Leaves } from './leaf'
import { agreement } from './same-value'

/** What a comparison of two readers found. `printed` counts by how the other prints; `different` holds what has no such explanation. */
export type Comparison = {
  records: { both: number; onlyOurs: number; onlyTheirs: number }
  fields: number
  printed: Map<string, number>
  different: Difference[]
  onlyOurs: Difference[]
  onlyTheirs: Difference[]
}
export type Difference = { file: string; recordId: string | null; path: string; ours: string; theirs: string }

export function newComparison(): Comparison {
  return {
    records: { both: 0, onlyOurs: 0, onlyTheirs: 0 },
    fields: 0,
    printed: new Map(),
    different: [],
    onlyOurs: [],
    onlyTheirs: [],
  }
}

/** Compares the records of one file by their ids, those of one id in their order. */
export function compareFile(
  comparison: Comparison,
  file: string,
  ours: ComparableRecord[],
  theirs: ComparableRecord[],
): void {
  const byId = group(theirs)
  for (const record of ours) {
    const other = byId.get(record.recordId)?.shift()
    if (other === undefined) comparison.records.onlyOurs++
    else {
      comparison.records.both++
      compareLeaves(comparison, { file, recordId: record.recordId }, record.leaves, other.leaves)
    }
  }
  for (const left of byId.values()) comparison.records.onlyTheirs += left.length
}

function group(records: ComparableRecord[]): Map<string | null, ComparableRecord[]> {
  const groups = new Map<string | null, ComparableRecord[]>()
  for (const record of records) {
    const there = groups.get(record.recordId)
    if (there === undefined) groups.set(record.recordId, [record])
    else there.push(record)
  }
  return groups
}

function compareLeaves(
  comparison: Comparison,
  where: Pick<Difference, 'file' | 'recordId'>,
  ours: Leaves,
  theirs: Leaves,
): void {
  for (const [path, value] of ours) {
    const other = theirs.get(path)
    const difference = { ...where, path, ours: value, theirs: other ?? '' }
    if (other === undefined) comparison.onlyOurs.push(difference)
    else {
      comparison.fields++
      const how = agreement(value, other)
      if (how === null) comparison.different.push(difference)
      else comparison.printed.set(how, (comparison.printed.get(how) ?? 0) + 1)
    }
  }
  for (const [path, value] of theirs)
    if (!ours.has(path)) comparison.onlyTheirs.push({ ...where, path, ours: '', theirs: value })
}
