import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseJsonText } from './json'
import { holdsStructuredEvent, structuredEvent } from './structured-data'
import { parseLines, unread } from './text-lines'

/** A priority, the date of RFC 3164 or that of RFC 5424 begin a line. */
const HEADER =
  '(?:<\\d{1,3}>|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d |\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,+Z-]{8,32} )'
/** In structured data, which may stand before, each quote has a backslash. */
const OBJECT = '(?<=[\\t :>])\\{[\\t ]{0,8}"'
const HEADED = new RegExp(`^${HEADER}`)
const FIRST_OBJECT = new RegExp(OBJECT)
/** An object follows what programs say of themselves. */
const LINE = new RegExp(`^${HEADER}[^\\r\\n]{0,1024}?${OBJECT}`, 'm')
/** How Fluent Bit writes a file (out_file): tag: [time, {…}] */
const FLUENT = /^[\w.*-]{1,128}: \[\d{9,10}\.\d{1,9}, \{[\t ]{0,8}"/m
/** Of a message. */
const BEGINS_OBJECT = /^\s{0,8}\{/
const NO_OBJECT = 'neither a JSON object nor an event’s structured data in the line'

/** Whether one of the lines that a text begins with is a JSON object behind a syslog header or Fluent Bit's, or has an event in its structured data. */
export function holdsSyslogJson(text: string): boolean {
  return LINE.test(text) || FLUENT.test(text) || holdsStructuredEvent(text)
}

/** Whether a text begins as syslog daemons begin a line. */
export function hasSyslogHeader(text: string): boolean {
  return HEADED.test(text)
}

/** What a line has behind its header: from its first object on; null where there is none. */
export function jsonBehindHeader(line: string): string | null {
  const at = FIRST_OBJECT.exec(line)?.index
  return at === undefined ? null : line.slice(at)
}

/**
 * The objects of lines that syslog daemons and Fluent Bit write, whatever stands before each, and the events in their structured data. Holds one line of at most 1 MiB. Bad data never throws: a line without an object,
 * or with one that is broken, is one rejection. `position` counts the items from 1; blank lines are none.
 */
export function parseSyslogJson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  return parseLines(bytes, itemsOf)
}

function itemsOf(text: string): ParsedItem[] {
  const event = structuredEvent(text)
  // what an event's message quotes, as of a command line, is no record
  if (event !== null && !BEGINS_OBJECT.test(text.slice(event.end, event.end + 16)))
    return [{ kind: 'record', record: { position: 0, recordId: null, fields: event.fields } }]
  const json = jsonBehindHeader(` ${text}`)
  if (json === null) return [unread(NO_OBJECT)]
  return parseJsonText(FLUENT.test(text) ? withoutBracket(json.trim()) : json.trim())
}

function withoutBracket(json: string): string {
  return json.endsWith(']') ? json.slice(0, -1) : json
}
