import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

type Cell = string | number | boolean | null

/** One row in PostgreSQL's COPY text format (manual, "COPY", section Text Format). */
export function toCopyLine(cells: readonly Cell[]): string {
  return `${cells.map(toCopyCell).join('\t')}\n`
}

function toCopyCell(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return cell === true ? 't' : cell === false ? 'f' : String(cell)
  return /[\\\t\n\r\0]/.test(cell) ? cell.replace(/[\\\t\n\r\0]/g, escapeCharacter) : cell
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '␀' }

function escapeCharacter(character: string): string {
  return ESCAPES[character] ?? character
}

/** Streams rows into `table (columns)`; both are names from our own code, never input. */
export async function copyRows(
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const sink = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`))
  await pipeline(Readable.from(blocks(rows)), sink)
}

const BLOCK_CHARACTERS = 256 * 1024

/** Lines joined into blocks, so that a row is not a system call. */
function* blocks(rows: Iterable<readonly Cell[]>): Generator<string> {
  let block = ''
  for (const row of rows) {
    block += toCopyLine(row)
    if (block.length >= BLOCK_CHARACTERS) {
      yield block
      block = ''
    }
  }
  if (block) yield block
}

/** PostgreSQL's text of an array of texts (manual, "Arrays", section Array Input and Output Syntax). */
export function toArrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
