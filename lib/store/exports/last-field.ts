import { Transform, type TransformCallback } from 'node:stream'
import { type Sql, sql } from '@/lib/store/sql'
import { BEGINS_FORMULA } from './begins-formula'

const FORMULA = new RegExp(BEGINS_FORMULA, 'g')
const QUOTE = 0x22
const LINE_FEED = 0x0a
const COMMA = 0x2c

/** What the last field of each record is made of; null = an empty one. */
export type ToField = (parts: readonly unknown[]) => string | null

/** The parts as the last column of a query, which LastField reads: JSON in hexadecimal, so that it holds no comma and no quote. */
export function partsOfField(parts: Sql): Sql {
  return sql`encode(convert_to(jsonb_build_array(${parts})::text, 'UTF8'), 'hex')`
}

/** Puts what is made of its parts in the place of the last field of each record of a CSV, as PostgreSQL prints it, but of the header. */
export class LastField extends Transform {
  /** Of a record that has not ended. */
  private begun: Uint8Array[] = []
  private quoted = false
  private isHeader = true

  constructor(private readonly toField: ToField) {
    super()
  }

  override _transform(piece: Uint8Array, _encoding: string, done: TransformCallback): void {
    try {
      let from = 0
      for (let index = 0; index < piece.length; index++) {
        const byte = piece[index]
        if (byte === QUOTE) this.quoted = !this.quoted
        else if (byte === LINE_FEED && !this.quoted) {
          this.push(this.finished(Buffer.concat([...this.begun, piece.subarray(from, index + 1)])))
          this.begun = []
          from = index + 1
        }
      }
      this.begun.push(Buffer.from(piece.subarray(from)))
      done()
    } catch (error) {
      done(error as Error)
    }
  }

  private finished(record: Buffer): Buffer {
    if (this.isHeader) {
      this.isHeader = false
      return record
    }
    const at = record.lastIndexOf(COMMA) + 1
    const parts = JSON.parse(Buffer.from(record.toString('latin1', at), 'hex').toString('utf8'))
    return Buffer.concat([record.subarray(0, at), Buffer.from(`${printed(this.toField(parts))}\n`)])
  }
}

function printed(field: string | null): string {
  return field === null ? '' : `"${field.replaceAll(FORMULA, "'").replaceAll('"', '""')}"`
}
