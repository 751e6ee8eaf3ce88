import { asRecord, type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { CEF_START, cefFields } from './cef'
import { parseJsonText } from './json'
import { SNARE_START, snareFields } from './snare'
import { holdsStructuredEvent, structuredEvent } from './structured-data'
import { parseLines } from './text-lines'
import { readOnlyEventXml } from './xml/parse-xml'

/** A priority, the date of RFC 3164 or that of RFC 5424 begin a line. */
const HEADER =
  '(?:<\\d{1,3}>|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d |\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,+Z-]{8,32} )'
/** In structured data, which may stand before, each quote has a backslash. */
const OBJECT = '(?<=[\\t :>]|^)\\{\\s{0,8}"'
const HEADED = new RegExp(`^${HEADER}`)
/** An object follows what programs say of themselves. */
const OBJECT_LINE = new RegExp(`^${HEADER}[^\\r\\n]{0,1024}?${OBJECT}`, 'm')
/** How Fluent Bit writes a file (out_file): tag: [time, {…}] */
const FLUENT = /^[\w.*-]{1,128}: \[\d{9,10}\.\d{1,9}, \{[\t ]{0,8}"/m
/** Of a message. */
const BEGINS_OBJECT = /^\s{0,8}\{/

const STARTS = [
  { kind: 'json', start: new RegExp(OBJECT) },
  { kind: 'xml', start: /<(?:[\w.-]{1,64}:)?Event[\s>]/ },
  { kind: 'cef', start: CEF_START },
  { kind: 'snare', start: SNARE_START },
] as const
type Begun = (typeof STARTS)[number]['kind']
type Form = Begun | 'structured'
/** An event on a line; of an object of JSON where it begins, of others the fields: null where it breaks off. */
type LineEvent = { form: 'json'; json: string } | { form: Exclude<Form, 'json'>; fields: JsonObject | null }

const NO_EVENT: Readonly<Record<Exclude<Form, 'json'>, string>> = {
  structured: 'no event in the structured data of the line',
  xml: 'no event in the XML of the line, or more than one',
  cef: 'no event in the Common Event Format (CEF) in the line',
  snare:
    'no event of Snare in the line, with tabs between its columns alone: what passed it on may have made blanks of them; send events as JSON, or export the log itself (wevtutil epl LOG FILE)',
}
const NOTHING = 'no event in the line: neither JSON, structured data, CEF nor one of Snare’s'

/**
 * Whether one of the lines that a text begins with is a JSON object behind a syslog header or Fluent Bit's, has an event in its structured data, or one of Snare's
 * or in the Common Event Format.
 */
export function holdsSyslogLines(text: string): boolean {
  const isMarked = CEF_START.test(text) || SNARE_START.test(text)
  return isMarked || OBJECT_LINE.test(text) || FLUENT.test(text) || holdsStructuredEvent(text)
}

/** Whether a text begins as syslog daemons begin a line. */
export function hasSyslogHeader(text: string): boolean {
  return HEADED.test(text)
}

/** The event on a line, whatever stands before it: what begins first, for each may quote the others. Null where there is none. */
export function eventOnLine(line: string): LineEvent | null {
  const structured = structuredEvent(line)
  // what an event's message quotes, as of a command line, is no record
  if (structured !== null && !BEGINS_OBJECT.test(line.slice(structured.end, structured.end + 16)))
    return { form: 'structured', fields: structured.fields }
  const begun = firstOf(line)
  if (begun === null) return null
  const text = line.slice(begun.at)
  return begun.kind === 'json'
    ? { form: 'json', json: text }
    : { form: begun.kind, fields: FIELDS[begun.kind](text) }
}

function firstOf(line: string) {
  let first: { kind: Begun; at: number } | null = null
  for (const { kind, start } of STARTS) {
    const at: number = (first === null ? line : line.slice(0, first.at)).search(start)
    if (at !== -1) first = { kind, at }
  }
  return first
}

const FIELDS = { xml: readOnlyEventXml, cef: cefFields, snare: snareFields } as const

/**
 * The events of lines that syslog daemons, Fluent Bit and others write, each in a form of its own: JSON, structured data, Snare's, the Common Event Format, XML.
 * Holds one line of at most 1 MiB. Bad data never throws: a line without an event, or with one that is broken, is one rejection. `position` counts the items
 * from 1; blank lines are none.
 */
export function parseSyslogLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  return parseLines(bytes, itemsOf)
}

function itemsOf(line: string): readonly ParsedItem[] {
  const event = eventOnLine(line)
  if (event === null) return [unread(NOTHING)]
  if (event.form === 'json') {
    const json = event.json.trim()
    return parseJsonText(FLUENT.test(line) ? withoutBracket(json) : json)
  }
  const { form, fields } = event
  return [fields === null ? unread(NO_EVENT[form]) : asRecord(fields)]
}

function withoutBracket(json: string): string {
  return json.endsWith(']') ? json.slice(0, -1) : json
}
