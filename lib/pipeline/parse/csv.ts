import { asRecord, type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { TimeColumns } from './csv-dates'
import { headerCells, missingColumns, splitHeaderLine, withoutTypeLine } from './csv-header'
import { type CsvRow, CsvRowReader } from './csv-rows'
import type { SaidOrder } from './date-order'
import { decodeText } from './decode-text'
import { HeldRows } from './held-rows'
import { MAX_RECORD_CHARACTERS } from './limits'

export type TableOptions = {
  /** Which of the numbers in 06/03/2018 is the day, as somebody says who knows. */
  dateOrder?: SaidOrder | null
}

/**
 * The rows of a CSV file with a header, in file order; `fields` are texts by column. Separators: comma, semicolon or tab, as the header shows.
 * A time whose column names its zone, or that begins with a day or a month, is an object: its text, `Zone` and `DateOrder`: what was said
 * of the file, or what the dates of the first thousand rows prove; `not-dmy`, `not-mdy` where they prove what was said wrong. Holds one row of at most 1 MiB in memory, and those thousand. Bad data never throws: a row that is broken, too large or has another number of cells than the
 * header is one rejection. `position` counts the rows after the header from 1.
 *
 * A file without the columns of any table that is read is one rejection, which names the columns that are there, those that are missing, and
 * how many rows it stands for.
 */
export async function* parseCsv(
  bytes: AsyncIterable<Uint8Array>,
  { dateOrder }: TableOptions = {},
): AsyncGenerator<ParsedItem> {
  const table = new CsvTable(dateOrder ?? null)
  // yield* on an array would make several promises for each item
  for await (const block of decodeText(bytes)) for (const item of table.add(block)) yield item
  for (const item of table.end()) yield item
}

class CsvTable {
  private start = ''
  private reader: CsvRowReader | null = null
  private columns: string[] = []
  private problem: string | null = null
  private times = new TimeColumns([], [])
  /** Null once what the first rows show is known. */
  private held: HeldRows | null = null
  private position = 0

  constructor(private readonly said: SaidOrder | null) {}

  add(block: string): ParsedItem[] {
    if (this.reader !== null) return this.toItems(this.reader.add(block))
    this.start = withoutTypeLine(this.start + block)
    const isWhole = this.start.indexOf('\n', this.start.search(/\S|$/)) !== -1
    return isWhole || this.start.length > MAX_RECORD_CHARACTERS ? this.open() : []
  }

  end(): ParsedItem[] {
    const items = this.reader === null ? this.open() : []
    if (this.reader !== null) items.push(...this.toItems(this.reader.end()), ...this.release())
    if (this.problem !== null) items.push(unread(`${this.problem} (${this.position} rows not read)`, 1))
    return items
  }

  /** Reads the header; what follows it are rows. */
  private open(): ParsedItem[] {
    const header = splitHeaderLine(this.start)
    const { separator, cells, zones } = headerCells(header)
    const rows = this.start.trimStart().slice(header.trimStart().length)
    this.columns = cells
    this.problem = missingColumns(cells)
    this.times = new TimeColumns(cells, zones, this.said)
    this.held = this.problem === null ? new HeldRows() : null
    this.reader = new CsvRowReader(separator)
    this.start = ''
    return this.toItems(this.reader.add(rows))
  }

  private toItems(rows: CsvRow[]): ParsedItem[] {
    const items: ParsedItem[] = []
    for (const row of rows) {
      if (this.held === null) this.addItem(row, items)
      else if (this.hold(this.held, row)) items.push(...this.release())
    }
    return items
  }

  /** Whether that is enough. */
  private hold(held: HeldRows, row: CsvRow): boolean {
    held.add(row)
    return held.isFull || this.times.arePlain(row)
  }

  private release(): ParsedItem[] {
    const held = this.held?.release() ?? []
    this.held = null
    this.times.learn(held)
    const items: ParsedItem[] = []
    for (const row of held) this.addItem(row, items)
    return items
  }

  private addItem(row: CsvRow, items: ParsedItem[]): void {
    this.position++
    if (this.problem === null) items.push(this.toItem(row))
  }

  private toItem(row: CsvRow): ParsedItem {
    if (row.kind === 'broken') return unread(row.reason, this.position)
    const { columns, position } = this
    if (row.cells.length !== columns.length)
      return unread(`the row has ${row.cells.length} cells, the header ${columns.length} columns`, position)
    const fields: JsonObject = {}
    for (const [index, column] of columns.entries())
      if (column !== '') fields[column] = row.cells[index] ?? ''
    this.times.mark(fields)
    return asRecord(fields, position)
  }
}
