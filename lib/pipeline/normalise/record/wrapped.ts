import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { cefFields } from '@/lib/pipeline/parse/cef'
import { readEnvelope } from '@/lib/pipeline/parse/hec'
import { rowsOf, unreadListsOf } from '@/lib/pipeline/parse/json-rows'
import { snareFields } from '@/lib/pipeline/parse/snare'
import { isSplunkText, splunkTextFields } from '@/lib/pipeline/parse/splunk-text'
import { eventOnLine, hasSyslogHeader } from '@/lib/pipeline/parse/syslog-lines'
import { readEventXml, readOnlyEventXml } from '@/lib/pipeline/parse/xml/parse-xml'
import { object, objectOfJson } from './field'
import type { RecordContext } from './result'

/** A record inside another, and what the outer one says where it does not. */
export type Wrapped = { fields: JsonObject; context: RecordContext }

/**
 * Where programs that pass events on put the text of one; `System` is where Fluent Bit puts an event rendered as XML, `line` is Loki's, `RawXml` Azure's,
 * `Xml` what people add to PowerShell's objects.
 */
const TEXTS = [
  'message',
  'MESSAGE',
  'msg',
  'log',
  'raw_event',
  'System',
  'line',
  'xml',
  'Xml',
  'RawXml',
] as const
/** Where they put it as it is: Google's log entries, Splunk's alerts; what Chainsaw found is in its `document`. */
const OBJECTS = ['jsonPayload', 'result'] as const

/** The record that a forwarder wrapped in one of its own, the first that is there; null where no field holds one. */
export function wrappedIn(fields: JsonObject, context: RecordContext): Wrapped | null {
  for (const place of TEXTS) {
    const value = fields[place]
    const inner = typeof value === 'string' ? recordIn(value) : null
    if (inner !== null) return { fields: inner, context }
  }
  for (const place of OBJECTS) {
    const inner = object(fields[place])
    if (inner !== null) return { fields: inner, context }
  }
  const document = object(object(fields['document'])?.['data'])
  if (document !== null) return { fields: document, context }
  return fields['event'] === undefined ? null : collectorsEvent(fields, context)
}

/** The envelope of Splunk's HTTP Event Collector, kept in a file. */
function collectorsEvent(fields: JsonObject, given: RecordContext): Wrapped | null {
  const isEnvelope = (fields['sourcetype'] ?? fields['source'] ?? fields['time']) !== undefined
  const envelope = isEnvelope ? readEnvelope(fields) : null
  if (envelope === null || 'code' in envelope) return null
  const { event, host, timeUs } = envelope
  const inner = typeof event === 'string' ? recordIn(event) : event
  if (inner === null) return null
  const defaultTime = timeUs === null ? given.defaultTime : { us: timeUs, tick: 0 }
  return {
    fields: inner,
    context: { defaultHost: host ?? given.defaultHost, defaultTime: defaultTime ?? null },
  }
}

/** A text that stands for several is none. */
function recordIn(printed: string): JsonObject | null {
  const inner = recordOfText(printed)
  if (inner === null) return null
  const [only, ...more] = rowsOf(inner)
  return more.length === 0 && (only === inner || unreadListsOf(inner) === 0) ? (only ?? null) : null
}

/** How rsyslog's structured messages begin. */
const COOKIE = '@cee:'

/** What programs write behind a text that they pass on. */
const ENDS = ' \t\r\n\0,'

/** An event as programs print it on one line or several: XML, Splunk's classic text or JSON, also behind a syslog header. */
export function recordOfText(printed: string): JsonObject | null {
  const given = printed.trimStart()
  const text = given.startsWith(COOKIE) ? given.slice(COOKIE.length).trimStart() : given
  if (hasSyslogHeader(text)) return behindHeader(text)
  if (text.startsWith('<')) return readEventXml(text) ?? readOnlyEventXml(text)
  if (isSplunkText(text)) return splunkTextFields(text)
  if (text.startsWith('CEF:')) return cefFields(text)
  if (text.startsWith('MSWinEventLog')) return snareFields(text)
  return objectOfJson(withoutEnd(text))
}

function behindHeader(text: string): JsonObject | null {
  const event = eventOnLine(text)
  if (event === null) return null
  return event.form === 'json' ? objectOfJson(withoutEnd(event.json)) : event.fields
}

function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && ENDS.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
