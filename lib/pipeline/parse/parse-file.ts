import { type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { parseClixml } from './clixml'
import { parseCsv, type TableOptions } from './csv'
import { type DetectedFormat, type ReadableKind, unreadableReason } from './detect-format'
import { parseEventViewer } from './event-viewer'
import { type EvtxOptions, parseEvtx } from './evtx/parse-evtx'
import { parseEvtxDumpJson } from './evtx-dump-json'
import { type JsonOptions, parseJson } from './json'
import { parseRubyDebug } from './ruby-debug'
import { parseSplunkText } from './splunk-text'
import { parseSyslogLines } from './syslog-lines'
import { parseWevtutilText } from './wevtutil-text'
import { parseXml } from './xml/parse-xml'
import { parseSplunkResults } from './xml/splunk-results'

/** What a reader may leave out, and what is said of a table's dates; readers of formats that have no use for it ignore it. */
export type ReadOptions = EvtxOptions & JsonOptions & TableOptions
type Reader = (bytes: AsyncIterable<Uint8Array>, options: ReadOptions) => AsyncGenerator<ParsedItem>

const READERS: Readonly<Record<ReadableKind, Reader>> = {
  evtx: parseEvtx,
  json: parseJson,
  csv: parseCsv,
  xml: parseXml,
  'splunk-xml': parseSplunkResults,
  'splunk-text': parseSplunkText,
  'event-viewer': parseEventViewer,
  'syslog-lines': parseSyslogLines,
  'evtx-dump-json': parseEvtxDumpJson,
  'wevtutil-text': parseWevtutilText,
  clixml: parseClixml,
  'ruby-debug': parseRubyDebug,
}

/**
 * The records of a file of the given format, as its reader gives them: positions rise from 1. Bad data never throws; a format that is not read
 * is one rejection with `unreadableReason`. Errors of the byte source pass through.
 */
export function parseFile(
  format: DetectedFormat,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<ParsedItem> {
  // handed through as it is: a generator around the reader's would cost as much as parsing a short record
  const reason = unreadableReason(format)
  return reason === null ? READERS[format.kind as ReadableKind](bytes, options) : refuse(reason)
}

async function* refuse(reason: string): AsyncGenerator<ParsedItem> {
  yield unread(reason, 1)
}
