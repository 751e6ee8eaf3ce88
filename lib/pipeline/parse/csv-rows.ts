import type { Separator } from './csv-header'
import { CUT_OFF, MAX_RECORD_CHARACTERS, TOO_LARGE } from './limits'

/** A row's cells, or why it cannot be read. */
export type CsvRow = { kind: 'cells'; cells: string[] } | { kind: 'broken'; reason: string }

const BAD_QUOTES = 'a quoted cell is followed by something else than the next cell'

/**
 * The rows of a CSV text (RFC 4180) that arrives in pieces; cells may hold line breaks. Empty lines are left out. A row that cannot be read is
 * one broken row and the next line begins another. Linear in the text; holds one row of at most 1 MiB.
 */
export class CsvRowReader {
  private text = ''
  private at = 0
  private isSkipping = false
  private ending = false
  /** The next quote at or after `at`, where it was last looked for; the text's length when there is none. */
  private quote = -1

  constructor(private readonly separator: Separator) {}

  add(block: string): CsvRow[] {
    this.text = this.text.slice(this.at) + block
    this.at = 0
    this.quote = -1
    const rows: CsvRow[] = []
    while (this.at < this.text.length) {
      const row = this.isSkipping ? this.skipLine() : this.takeRow()
      if (row === 'more') break
      if (row !== null) rows.push(row)
    }
    return rows
  }

  end(): CsvRow[] {
    this.ending = true
    return this.add('\n')
  }

  private takeRow(): CsvRow | 'more' | null {
    const lineEnd = this.text.indexOf('\n', this.at)
    if (this.quote < this.at) this.quote = indexOrLength(this.text, '"', this.at)
    if (this.quote < (lineEnd === -1 ? this.text.length : lineEnd)) return this.takeQuotedRow()
    if (lineEnd === -1) return this.wait()
    if (lineEnd - this.at > MAX_RECORD_CHARACTERS) return this.breakRow(TOO_LARGE)
    const line = this.text.slice(this.at, lineEnd).replace(/\r$/, '')
    this.at = lineEnd + 1
    return line === '' ? null : cellsRow(line.split(this.separator))
  }

  /** A row with quotes, cell by cell. */
  private takeQuotedRow(): CsvRow | 'more' | null {
    const cells: string[] = []
    let at = this.at
    for (;;) {
      const cell = this.text[at] === '"' ? this.quotedCell(at) : this.plainCell(at)
      if (cell === 'more') return this.wait()
      if (cell.end - this.at > MAX_RECORD_CHARACTERS) return this.breakRow(TOO_LARGE)
      if (cell.value === null) return this.breakRow(BAD_QUOTES)
      cells.push(cell.value)
      at = cell.end + 1
      if (this.text[cell.end] === '\n') break
    }
    this.at = at
    return cellsRow(cells)
  }

  private plainCell(at: number): Cell | 'more' {
    let end = at
    while (end < this.text.length && this.text[end] !== this.separator && this.text[end] !== '\n') end++
    if (end === this.text.length) return 'more'
    const value = this.text.slice(at, end)
    return { value: this.text[end] === '\n' ? value.replace(/\r$/, '') : value, end }
  }

  private quotedCell(start: number): Cell | 'more' {
    let close = this.text.indexOf('"', start + 1)
    while (close !== -1 && this.text[close + 1] === '"') close = this.text.indexOf('"', close + 2)
    if (close === -1) return 'more'
    let end = close + 1
    if (this.text[end] === '\r') end++
    const next = this.text[end]
    if (next === undefined) return 'more'
    if (next !== '\n' && (next !== this.separator || end !== close + 1)) return { value: null, end }
    return { value: this.text.slice(start + 1, close).replaceAll('""', '"'), end }
  }

  /** The row goes on after the text's end, unless it is too large already or nothing follows. */
  private wait(): CsvRow | 'more' {
    if (this.text.length - this.at > MAX_RECORD_CHARACTERS) return this.breakRow(TOO_LARGE)
    return this.ending ? this.breakRow(CUT_OFF) : 'more'
  }

  /** What follows the broken row's first line is read again: a quote that is never closed would swallow the file. */
  private breakRow(reason: string): CsvRow {
    this.isSkipping = true
    return broken(reason)
  }

  private skipLine(): 'more' | null {
    const lineEnd = this.text.indexOf('\n', this.at)
    this.isSkipping = lineEnd === -1
    this.at = lineEnd === -1 ? this.text.length : lineEnd + 1
    return lineEnd === -1 ? 'more' : null
  }
}

/** `value` is null where the cell's quotes are wrong, noticed at `end`; else `end` is the separator or line break after it. */
type Cell = { value: string | null; end: number }

function cellsRow(cells: string[]): CsvRow {
  return { kind: 'cells', cells }
}

function broken(reason: string): CsvRow {
  return { kind: 'broken', reason }
}

function indexOrLength(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from)
  return at === -1 ? text.length : at
}
