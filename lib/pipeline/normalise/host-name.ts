import { storableText } from '@/lib/pipeline/storable-text'

/** Which printed host names are one machine. */

/** Lower-case, trimmed, without a trailing dot; at most 253 characters (RFC 1035). */
export function canonicalHostName(printed: string): string {
  return storableText(
    printed
      .trim()
      .replace(/(.)\.$/, '$1')
      .toLowerCase()
      .slice(0, 253),
  )
}

/** First label of a name; an address is its own label. */
function shortName(name: string): string {
  return /^[\d.]+$|:/.test(name) ? name : (name.split('.', 1)[0] ?? name)
}

/**
 * Groups canonical names by machine. Names with the same first label are one machine when at most one domain is known for it;
 * with two domains each full name is a machine of its own, and so is the bare label. A function of the set: order does not matter.
 * @returns one list of names a machine, longest (canonical) first
 */
export function groupHostNames(names: Iterable<string>): string[][] {
  const byShort = new Map<string, Set<string>>()
  for (const name of names) {
    const short = shortName(name)
    const group = byShort.get(short) ?? new Set()
    byShort.set(short, group.add(name))
  }
  return [...byShort].flatMap(([short, group]) => {
    const qualified = [...group].filter((name) => name !== short)
    if (qualified.length > 1) return [...group].map((name) => [name])
    return [[...group].sort((a, b) => b.length - a.length)]
  })
}

/** All names that could be the same machine share this label. */
export const hostLabel = shortName
