/** A known pattern that resembles another, with the words they share. */
export type NearestPattern = { pattern: string; shared: string[] }

const WORDS = /[^\s\\/|,;="']{1,256}/g

function wordsOf(pattern: string): Set<string> {
  return new Set(pattern.match(WORDS))
}

/** The known pattern that shares the largest part of its words with `pattern`; null where none shares any. */
export function nearestPattern(pattern: string, known: Iterable<string>): NearestPattern | null {
  const words = wordsOf(pattern)
  let best: (NearestPattern & { likeness: number }) | null = null
  for (const other of new Set(known)) {
    if (other === pattern) continue
    const others = wordsOf(other)
    const shared = [...words].filter((word) => others.has(word))
    const likeness = shared.length / (words.size + others.size - shared.length)
    if (shared.length === 0 || (best !== null && !isBetter(likeness, other, best))) continue
    best = { pattern: other, shared, likeness }
  }
  return best === null ? null : { pattern: best.pattern, shared: best.shared }
}

function isBetter(likeness: number, pattern: string, best: NearestPattern & { likeness: number }): boolean {
  return likeness > best.likeness || (likeness === best.likeness && pattern < best.pattern)
}
