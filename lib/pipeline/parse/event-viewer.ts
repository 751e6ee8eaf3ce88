import { asRecord, type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import type { TableOptions } from './csv'
import { headerCells, missingColumns, type Separator, splitHeaderLine } from './csv-header'
import { type CsvRow, CsvRowReader } from './csv-rows'
import { type DateOrder, orderOfDates, type Refuted, type SaidOrder, saidOrder } from './date-order'
import { decodeText } from './decode-text'
import { HeldRows } from './held-rows'
import { MAX_RECORD_CHARACTERS } from './limits'

/** Columns by their place: their names are in the language of the machine that exported them, and the text's column has none. */
const COLUMNS = ['Level', 'Date and Time', 'Source', 'Event ID', 'Task Category', 'Message'] as const
const DATE = 1
const EVENT_ID = 3
/** Of those a table has where somebody shows more columns; only their English names are known. */
const NEEDED = ['Date and Time', 'Source', 'Event ID']

/**
 * The events of Event Viewer's CSV or tab-separated text export, in file order, in whatever language. `fields`: `Level` (of the Security log its
 * keywords), `Date and Time`, `Source`, `Event ID`, `Task Category`, `Message` as printed, and `DateOrder`: `day-month` or `month-day` where somebody
 * said so or the dates of the first thousand rows prove it, `not-dmy` or `not-mdy` where they prove wrong what was said. Bad data never throws. `position` counts the rows after the header from 1.
 */
export async function* parseEventViewer(
  bytes: AsyncIterable<Uint8Array>,
  { dateOrder }: TableOptions = {},
): AsyncGenerator<ParsedItem> {
  const table = new EventViewerTable(dateOrder ?? null)
  for await (const block of decodeText(bytes)) for (const item of table.add(block)) yield item
  for (const item of table.end()) yield item
}

const ENGLISH_HEADER =
  /^"?(?:Level|Keywords)"?[,\t;]"?Date and Time"?[,\t;]"?Source"?[,\t;]"?Event ID"?[,\t;]"?Task Category"?\s*$/

/** Whether a text is such an export: five columns in its header, and a first row of six cells with a date and an event id in their places. */
export function isEventViewerTable(text: string): boolean {
  const header = splitHeaderLine(text)
  if (ENGLISH_HEADER.test(header)) return true
  const { separator, cells } = headerCells(header)
  if (hasMoreColumns(cells)) return true
  const columns = COLUMNS.length - 1
  if (cells.length !== columns || missingColumns(cells) === null) return false
  const row = beginningCells(splitHeaderLine(text.slice(text.indexOf(header) + header.length)), separator)
  const isDate = /\d{4}|\d\d:\d\d/.test(row[DATE] ?? '')
  return row.length > columns && isDate && /^\d{1,5}$/.test(row[EVENT_ID] ?? '')
}

/** A column for the text would make it a table like others. */
function hasMoreColumns(cells: readonly string[]): boolean {
  return NEEDED.every((name) => cells.includes(name)) && !cells.includes('Message')
}

/** The cells that begin on a row's first line, without their quotes and the separators in these; the last cell may go on behind it. */
function beginningCells(line: string, separator: Separator): string[] {
  const bare = line.replace(/"(?:[^"]|"")*(?:"|$)/g, (cell) =>
    cell.replaceAll('"', '').replaceAll(separator, ' '),
  )
  return bare.split(separator)
}

class EventViewerTable {
  private start = ''
  private reader: CsvRowReader | null = null
  private position = 0
  private order: DateOrder | Refuted | null = null
  private readonly held = new HeldRows()
  private columns: readonly string[] = COLUMNS
  private date = DATE

  constructor(private readonly said: SaidOrder | null) {}

  add(block: string): ParsedItem[] {
    if (this.reader !== null) return this.take(this.reader.add(block))
    this.start += block
    const hasHeader = this.start.trimStart().includes('\n')
    return hasHeader || this.start.length > MAX_RECORD_CHARACTERS ? this.take(this.open()) : []
  }

  end(): ParsedItem[] {
    const rows = this.reader === null ? this.open() : []
    if (this.reader !== null) rows.push(...this.reader.end())
    return [...this.take(rows), ...this.release()]
  }

  private open(): CsvRow[] {
    const header = splitHeaderLine(this.start)
    const { separator, cells } = headerCells(header)
    if (hasMoreColumns(cells)) {
      // a spreadsheet writes the text's column too, without a name
      this.columns = [...(cells.at(-1) === '' ? cells.slice(0, -1) : cells), 'Message']
      this.date = cells.indexOf('Date and Time')
    }
    this.reader = new CsvRowReader(separator)
    const rows = this.reader.add(this.start.trimStart().slice(header.trimStart().length))
    this.start = ''
    return rows
  }

  private take(rows: CsvRow[]): ParsedItem[] {
    if (this.order !== null) return rows.map((row) => this.toItem(row))
    for (const row of rows) this.held.add(row)
    return this.held.isFull ? this.release() : []
  }

  private release(): ParsedItem[] {
    const held = this.held.release()
    const dates = held.map((row) => (row.kind === 'cells' ? (row.cells[this.date] ?? '') : ''))
    this.order ??= this.said === null ? orderOfDates(dates) : saidOrder(this.said, dates)
    return held.map((row) => this.toItem(row))
  }

  private toItem(row: CsvRow): ParsedItem {
    const position = ++this.position
    if (row.kind === 'broken') return unread(row.reason, position)
    if (row.cells.length !== this.columns.length)
      return unread(
        `the row has ${row.cells.length} cells, those of Event Viewer ${this.columns.length}`,
        position,
      )
    const fields: JsonObject = {}
    for (const [index, column] of this.columns.entries()) fields[column] = row.cells[index] ?? ''
    const order = this.orderOf(row.cells[this.date] ?? '')
    if (order !== null && order !== 'unknown') fields['DateOrder'] = order
    return asRecord(fields, position)
  }

  /** A later row may show too that what was said is wrong, of itself and of those behind it. */
  private orderOf(date: string): DateOrder | Refuted | null {
    const { said, order } = this
    if (said !== null && order !== `not-${said}`) this.order = saidOrder(said, [date])
    return this.order
  }
}
