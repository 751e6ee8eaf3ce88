import { countOf, formatNumber } from '@/components/ui/numbers'

export type Named = { id: number; name: string }

/** By name. `total`: of how many they are those that use the binary most. */
export type NamedHosts = { choices: readonly Named[]; total: number }

/** Names that stand beside a choice. */
const SHOWN = 5

/** 'pc-1, pc-2' of those chosen, and how many more; ids without a name are among those. */
export function chosenWords(all: readonly Named[], ids: readonly number[]): string {
  const names = all.flatMap(({ id, name }) => (ids.includes(id) ? name : [])).slice(0, SHOWN)
  const more = ids.length - names.length
  if (names.length === 0) return ''
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${formatNumber(more)} more`
}

/** Those chosen before the others, each in their order. */
export function chosenFirst(all: readonly Named[], ids: readonly number[]): Named[] {
  const chosen = new Set(ids)
  return [...all.filter(({ id }) => chosen.has(id)), ...all.filter(({ id }) => !chosen.has(id))]
}

/** Those that have a text in their names, whatever its case, in their order. */
export function withText(all: readonly Named[], text: string): Named[] {
  const wanted = text.trim().toLowerCase()
  return all.filter(({ name }) => name.toLowerCase().includes(wanted))
}

/** Names in a text, separated by blanks, commas, semicolons or lines. */
export function splitNames(text: string): string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '')
}

/** Which names mean no host: all of them, to be mended at once. */
export function unknownHostsWords(names: readonly string[]): string {
  return `There is no host called ${names.join(', ')}.`
}

/** Those of a list that names mean, whatever their case, or without a domain where that is one's alone; and the names that mean none. */
export function idsByName(
  all: readonly Named[],
  names: readonly string[],
): { ids: number[]; unknown: string[] } {
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))]
  const known = new Map(all.map(({ id, name }) => [name.toLowerCase(), id]))
  const byLabel = new Map<string, number | null>()
  for (const [name, id] of known) {
    const label = name.split('.')[0] ?? name
    byLabel.set(label, byLabel.has(label) ? null : id)
  }
  const ids = new Set<number>()
  const unknown = wanted.filter((name) => {
    const id = known.get(name) ?? byLabel.get(name) ?? null
    if (id !== null) ids.add(id)
    return id === null
  })
  return { ids: [...ids], unknown }
}

/** '2 of 1 204 chosen: pc-1, pc-2.' Those that the list does not have count beside it. */
export function countWords(all: readonly Named[], ids: readonly number[]): string {
  const listed = new Set(all.map(({ id }) => id))
  const total = all.length + ids.filter((id) => !listed.has(id)).length
  const count = `${formatNumber(ids.length)} of ${formatNumber(total)} chosen`
  const names = chosenWords(all, ids)
  return names === '' ? `${count}.` : `${count}: ${names}.`
}

/** Of a list of which no more than `most` are shown. */
export function moreWords(found: number, most: number): string {
  return found > most
    ? ` The first ${formatNumber(most)} of ${formatNumber(found)} are shown: type a part of the name.`
    : ''
}

/** Which hosts a list has, and what it says where none of them has a name. */
export function hostListWords(
  binary: string,
  { choices, total }: NamedHosts,
): { note: string; none: string } {
  const rest = 'A decision may name any host.'
  if (total <= choices.length)
    return {
      note: `Hosts that used ${binary}. ${rest}`,
      none: `No host that used ${binary} has that name.`,
    }
  const listed = formatNumber(choices.length)
  return {
    note: `The ${listed} that used ${binary} most, of ${countOf(total, 'host')}. ${rest}`,
    none: `None of the ${listed} hosts that used ${binary} most has that name.`,
  }
}
