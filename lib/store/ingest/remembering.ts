import { LRUCache } from 'lru-cache'

/** Characters of keys that are remembered; whoever writes a log chooses their length. */
const REMEMBERED = 8 * 1024 * 1024

/** Answers what is made of a key, or was before: machines run the same programs again and again. */
export function remembering<T extends object | string>(): (key: string, make: () => T) => T {
  const known = new LRUCache<string, T>({
    maxSize: REMEMBERED,
    sizeCalculation: (_, key) => key.length + 1,
  })
  return (key, make) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make()
    known.set(key, made)
    return made
  }
}
