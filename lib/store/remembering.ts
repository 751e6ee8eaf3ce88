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
