import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** A header of RFC 5424 and data with an event's id, as nxlog writes an event's fields (to_syslog_ietf). */
const LINE =
  /^<\d{1,3}>1 [^\r\n[]{0,512}\[[^\r\n]{0,1024}?\[?[\w.-]{1,32}@\d{1,16} [^\r\n]{0,2048}? EventID="\d{1,5}"/m
const HEADER = /^<\d{1,3}>1 [^[\r\n]{0,512}(?=\[)/
const NAME = /[^\s="\]]{1,64}/y

/** Whether one of the lines that a text begins with has an event in its structured data. */
export function holdsStructuredEvent(text: string): boolean {
  return LINE.test(text)
}

/** An event, null where it breaks off, and where the message begins behind it. */
type Structured = { fields: JsonObject | null; end: number }

/**
 * The parameters of a line's structured data (RFC 5424, 6.3), of all its elements; the first where two have one name. nxlog leaves out the time, the host
 * and the source that its header has. Null where the line has no event in it.
 */
export function structuredEvent(line: string): Structured | null {
  const header = HEADER.exec(line)?.[0]
  if (header === undefined) return null
  const { found, end } = parametersFrom(line, header.length)
  if (found.get('EventID') === undefined) return null
  if (end === null) return { fields: null, end: line.length }
  const [, time, host, source = ''] = header.split(' ')
  const told: (readonly [name: string, value: string | undefined])[] = [['Hostname', host]]
  if (!TIMES.some((name) => found.has(name))) told.push(['EventTime', time])
  // any other program has a name of its own there
  if (source.startsWith('Microsoft-Windows-')) told.push(['SourceName', source])
  for (const [name, value = ''] of told) if (!found.has(name)) found.set(name, value)
  return { fields: Object.fromEntries(found), end }
}

const TIMES = ['EventTime', 'TimeCreated', 'SystemTime'] as const

function parametersFrom(line: string, start: number): { found: Map<string, string>; end: number | null } {
  const found = new Map<string, string>()
  let at = start
  while (line.charAt(at) === '[') {
    at += 1 + nameAt(line, at + 1).length
    while (line.charAt(at) === ' ') {
      const name = nameAt(line, at + 1)
      at += 1 + name.length
      if (name === '' || !line.startsWith('="', at)) return { found, end: null }
      const end = endOfValue(line, at + 2)
      if (end === -1) return { found, end: null }
      if (!found.has(name)) found.set(name, line.slice(at + 2, end).replace(/\\(["\\\]])/g, '$1'))
      at = end + 1
    }
    if (line.charAt(at) !== ']') return { found, end: null }
    at++
  }
  return { found, end: at }
}

function nameAt(line: string, at: number): string {
  NAME.lastIndex = at
  return NAME.exec(line)?.[0] ?? ''
}

/** Where the quote is that ends a value; -1 where there is none. */
function endOfValue(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '"') return at
    if (character === '\\') at++
  }
  return -1
}
