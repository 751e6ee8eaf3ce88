import type { JsonObject, ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseLines, unread } from './text-lines'

/** What stands before it is no object of JSON, which may quote one. */
const LINE = /^[^\n{]{0,512}\bMSWinEventLog(?:\t|#011| )/
/** A tab, also as rsyslog writes it. */
const MARK = /\bMSWinEventLog(\t|#011)/
const COLUMNS = [
  ...['Criticality', 'LogName', 'SnareEventCounter', 'DateTime', 'EventID', 'SourceName', 'UserName'],
  ...['SIDType', 'EventLogType', 'ComputerName', 'CategoryString', 'DataString', 'ExpandedString'],
]
const NO_EVENT =
  'no event of Snare in the line, with tabs between its columns: what passed it on may have made blanks of them; send events as JSON, or export the log itself (wevtutil epl LOG FILE)'

/** Whether a text begins with a line as Snare sends Windows events. */
export function isSnare(text: string): boolean {
  return LINE.test(text)
}

/**
 * The events of lines as Snare sends them, whatever stands before each; `fields` are texts by the names that Snare's guide has for the columns. Bad data never
 * throws: a line without an event is one rejection. `position` counts the lines that are not blank.
 */
export function parseSnare(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  return parseLines(bytes, (line) => {
    const fields = snareFields(line)
    return [
      fields === null
        ? unread(NO_EVENT)
        : { kind: 'record', record: { position: 0, recordId: null, fields } },
    ]
  })
}

/** The columns of a line's event; null where there is none. */
export function snareFields(line: string): JsonObject | null {
  const mark = MARK.exec(line)
  if (mark === null) return null
  const cells = line.slice(mark.index + mark[0].length).split(mark[1] ?? '\t')
  if (cells.length < COLUMNS.length) return null
  return Object.fromEntries(COLUMNS.map((name, index) => [name, cells[index] ?? '']))
}
