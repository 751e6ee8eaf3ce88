import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** What begins an event, with a tab, also as rsyslog writes it, or what became of one. */
export const SNARE_START = /\bMSWinEventLog(?:\t|#011| )/
const MARK = /^MSWinEventLog(\t|#011)/
const COLUMNS = [
  ...['Criticality', 'LogName', 'SnareEventCounter', 'DateTime', 'EventID', 'SourceName', 'UserName'],
  ...['SIDType', 'EventLogType', 'ComputerName', 'CategoryString', 'DataString', 'ExpandedString'],
]
/** Behind them a counter, a checksum. */
const NUMBER = /^\s*(?:\d*|[0-9a-f]{32})\s*$/i

/**
 * The columns of an event as Snare sends it, texts by the names that Snare's guide has for them. Null where the text does not begin with one, has not all of them,
 * or a tab in the event's text.
 */
export function snareFields(text: string): JsonObject | null {
  const mark = MARK.exec(text)
  if (mark === null) return null
  const cells = text.slice(mark[0].length).split(mark[1] ?? '\t')
  // what stands between two tabs is not known to be the whole of a text
  if (cells.length < COLUMNS.length || !cells.slice(COLUMNS.length).every((cell) => NUMBER.test(cell)))
    return null
  return Object.fromEntries(COLUMNS.map((name, index) => [name, cells[index] ?? '']))
}
