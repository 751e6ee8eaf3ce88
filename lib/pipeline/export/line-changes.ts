/** A line of a text in two versions: in both, only in the earlier, only in the later. */
export type LineChange = { kind: 'same' | 'removed' | 'added'; text: string }

/** Lines of either text past this are not compared one by one. */
const MAX_LINES = 2000

/** Which lines went and which came, by the longest sequence that both share. Texts too long for that are shown as replaced whole. */
export function lineChanges(before: string, after: string): LineChange[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const same = (lines: readonly string[]) => lines.map((text): LineChange => ({ kind: 'same', text }))
  return [
    ...same(old.slice(0, start)),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...same(old.slice(old.length - end)),
  ]
}

function middle(old: readonly string[], now: readonly string[]): LineChange[] {
  if (old.length > MAX_LINES || now.length > MAX_LINES)
    return [
      ...old.map((text): LineChange => ({ kind: 'removed', text })),
      ...now.map((text): LineChange => ({ kind: 'added', text })),
    ]
  const shared = sharedLengths(old, now)
  const changes: LineChange[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      changes.push({ kind: 'same', text: old[i] ?? '' })
      i++
      j++
    } else if (j >= now.length || (i < old.length && shared(i + 1, j) >= shared(i, j + 1)))
      changes.push({ kind: 'removed', text: old[i++] ?? '' })
    else changes.push({ kind: 'added', text: now[j++] ?? '' })
  }
  return changes
}

/** Length of the longest common sequence of what is left from line i and line j on. */
function sharedLengths(old: readonly string[], now: readonly string[]): (i: number, j: number) => number {
  const width = now.length + 1
  const table = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      table[i * width + j] =
        old[i] === now[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0)
  return (i, j) => table[i * width + j] ?? 0
}
