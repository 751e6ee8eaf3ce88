import { asRecord, type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { parseLineRecords } from './line-records'

const START = /^Event\[(\d{1,10})\]:?\s*$/
const FIRST_LINES = /^Event\[\d{1,10}\]:?\s+[^\r\n:：]{1,64}[:：]/
/** What wevtutil prints of each event, in this order; only the names are in the language of the machine. */
const NAMES = [
  ...['Log Name', 'Source', 'Date', 'Event ID', 'Task', 'Level', 'Opcode', 'Keyword'],
  ...['User', 'User Name', 'Computer', 'Description'],
] as const
const ENTRY = /^ {1,8}(?! )[^:：]{1,64}[:：](.*)$/
const CUT =
  'an event of wevtutil without all of its lines, which end with its text: export the log itself (wevtutil epl LOG FILE)'

/** Whether a text begins as what `wevtutil qe LOG /f:text` prints. */
export function isWevtutilText(text: string): boolean {
  return FIRST_LINES.test(text)
}

/**
 * The events that `wevtutil qe LOG /f:text` prints, in file order and in whatever language. `fields` are the texts of its lines by their English names
 * (`Log Name`, `Source`, `Date`, `Event ID` …, `Description` with all its lines). Bad data never throws. `position` counts the events from 1.
 */
export function parseWevtutilText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  return parseLineRecords(bytes, {
    isStart: (line) => START.test(line),
    toItem,
    noBeginning: 'lines before the first event: part of one whose beginning is missing',
    follows: (before, line) => numberOf(line) === numberOf(before) + 1,
  })
}

/** wevtutil counts the events; a command line with whole ones in it does not know where it will stand. */
function numberOf(start: string): number {
  return Number(START.exec(start)?.[1])
}

function toItem(lines: readonly string[]): ParsedItem {
  const values = lines.slice(1, NAMES.length + 1).map((line) => ENTRY.exec(line)?.[1]?.trim())
  if (values.length < NAMES.length || values.includes(undefined)) return unread(CUT)
  const fields: JsonObject = Object.fromEntries(NAMES.map((name, index) => [name, values[index] ?? '']))
  const text = [fields['Description'], ...lines.slice(NAMES.length + 1)].join('\n').trim()
  return asRecord({ ...fields, Description: text })
}
