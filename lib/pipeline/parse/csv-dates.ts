import type { JsonValue } from '@/lib/pipeline/event/raw-record'
import type { Zone } from './csv-header'
import type { CsvRow } from './csv-rows'
import {
  type DateOrder,
  formOf,
  ordersOfColumns,
  type Refuted,
  type SaidOrder,
  saidOrder,
  saidOrdersOfColumns,
} from './date-order'

/** Columns that hold when an event was, as the tables name them that are read. */
const TIME_COLUMNS: ReadonlySet<string> = new Set([
  ...['Timestamp', 'timestamp', '@timestamp', 'TimeGenerated', 'TimeCreated', 'SystemTime', 'UtcTime'],
  ...['EventTime', '_time', 'time', 'Time', 'CreateTime', 'StartTime', 'ProcessStartTime'],
  ...['eventTime', 'event.time', 'tgtProcStartTime', 'tgt.process.startTime'],
])

/**
 * The columns of a table that hold times. Where one prints 06/03/2018, whoever imports it says which number is the day, or the dates of the first rows in
 * it tell.
 */
export class TimeColumns {
  private readonly columns: {
    index: number
    name: string
    zone: Zone | null
    order: DateOrder | Refuted
    /** How the first rows print it; '' where they do not. */
    form: string
  }[]

  constructor(
    names: readonly string[],
    zones: readonly (Zone | null)[],
    private readonly said: SaidOrder | null = null,
  ) {
    this.columns = names.flatMap((name, index) =>
      TIME_COLUMNS.has(name) ? [{ index, name, zone: zones[index] ?? null, order: 'unknown', form: '' }] : [],
    )
  }

  /** Whether a row's times tell that nothing has to be found out of them. */
  arePlain(row: CsvRow): boolean {
    if (row.kind === 'broken') return this.columns.length === 0
    const times = this.columns.map(({ index }) => row.cells[index] ?? '').filter((cell) => cell !== '')
    return this.columns.length === 0 || (times.length > 0 && !times.some(isShort))
  }

  learn(rows: readonly CsvRow[]): void {
    const cells = rows.flatMap((row) => (row.kind === 'cells' ? [row.cells] : []))
    const columns = this.columns.map(({ index }) => cells.map((row) => row[index] ?? ''))
    const orders = this.said === null ? ordersOfColumns(columns) : saidOrdersOfColumns(this.said, columns)
    for (const [at, column] of this.columns.entries()) {
      column.order = orders[at] ?? 'unknown'
      column.form = formOf(columns[at] ?? [])
    }
  }

  /** Puts what is known of a row's times beside them, as attributes of an element stand beside its text. */
  mark(fields: Record<string, JsonValue>): void {
    if (this.said !== null) this.relearn(fields, this.said)
    for (const { name, zone, order: known } of this.columns) {
      const cell = fields[name]
      if (typeof cell !== 'string' || cell === '') continue
      const order = isShort(cell) ? { DateOrder: known } : null
      const told = zone === null || cell.endsWith('Z') ? null : { Zone: zone }
      if (order !== null || told !== null) fields[name] = { '#text': cell, ...order, ...told }
    }
  }

  /** A later row may show too that what was said is wrong, of itself and of those behind it. */
  private relearn(fields: Record<string, JsonValue>, said: SaidOrder): void {
    for (const { name, form } of this.columns) {
      const cell = fields[name]
      const order = typeof cell === 'string' ? saidOrder(said, [cell]) : null
      if (order !== `not-${said}`) continue
      const isAlike = (other: string) => form !== '' && other === form
      for (const column of this.columns)
        if (column.name === name || isAlike(column.form)) column.order = order
    }
  }
}

/** Whether a date begins with a day or a month. */
function isShort(cell: string): boolean {
  return /^\d\d?[./-]/.test(cell)
}
