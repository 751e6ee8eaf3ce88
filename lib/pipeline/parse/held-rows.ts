import type { CsvRow } from './csv-rows'
import { MAX_RECORD_CHARACTERS } from './limits'

const MAX_ROWS = 1000
const MAX_CHARACTERS = 4 * MAX_RECORD_CHARACTERS

/** A table's first rows, held until they show if days come before months. */
export class HeldRows {
  private rows: CsvRow[] = []
  private characters = 0

  /** Whether no more are to be held. */
  get isFull(): boolean {
    return this.rows.length >= MAX_ROWS || this.characters >= MAX_CHARACTERS
  }

  add(row: CsvRow): void {
    this.rows.push(row)
    this.characters += row.kind === 'cells' ? row.cells.reduce((sum, { length }) => sum + length, 0) : 0
  }

  release(): CsvRow[] {
    const { rows } = this
    this.rows = []
    return rows
  }
}
