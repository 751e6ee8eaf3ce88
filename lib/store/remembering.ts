import { LRUCache } from 'lru-cache'

type Room = {
  /** Bytes for keys and values together; whoever writes a log chooses how long its texts are. */
  most?: number
  /** About what a value holds besides its key. */
  valueBytes?: number
}

const MOST = 8 * 1024 * 1024

/** Answers what is made of a key, or was before: machines run the same programs again and again. What was longest not asked for makes room. */
export function remembering<T extends object | string>({
  most = MOST,
  valueBytes = 0,
}: Room = {}): (key: string, make: () => T) => T {
  const known = new LRUCache<string, T>({
    maxSize: most,
    sizeCalculation: (_, key) => key.length + valueBytes + 1,
  })
  return (key, make) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make()
    known.set(key, made)
    return made
  }
}

/** Of what begins with the same text; whoever writes a log chooses how many share one. */
const MOST_OF_ONE = 8

type Kept<T> = { more: readonly Part[]; made: T }
type Part = string | null

/** The same for what is made of several texts: looked for by the first, which should tell most apart. To join them to a key costs more than to compare them. */
export function rememberingSeveral<T extends object>({
  most = MOST,
  valueBytes = 0,
}: Room = {}): (first: string, more: readonly Part[], make: () => T) => T {
  const known = new LRUCache<string, readonly Kept<T>[]>({
    maxSize: most,
    sizeCalculation: (kept, first) => first.length + 1 + kept.reduce((sum, one) => sum + sizeOf(one), 0),
  })
  const sizeOf = ({ more }: Kept<T>) => more.reduce((sum, part) => sum + (part?.length ?? 0), valueBytes + 1)
  return (first, more, make) => {
    const kept = known.get(first) ?? []
    for (const one of kept) if (isSame(one.more, more)) return one.made
    const made = make()
    known.set(first, [{ more, made }, ...kept.slice(0, MOST_OF_ONE - 1)])
    return made
  }
}

function isSame(some: readonly Part[], others: readonly Part[]): boolean {
  for (let index = 0; index < some.length; index++) if (some[index] !== others[index]) return false
  return true
}
