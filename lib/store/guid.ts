import { type Sql, sql } from './sql'

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const GUID_BYTES = 16

/**
 * What tells a process apart, as PostgreSQL's text of the bytes that are stored: a GUID's sixteen; any other text behind zeros, never sixteen
 * bytes long. The database's guid_bytes says the same, and guid_text the way back.
 */
export function guidBytes(guid: string | null): string | null {
  if (guid === null) return null
  if (GUID.test(guid)) return `\\x${guid.replaceAll('-', '')}`
  const text = Buffer.from(guid, 'utf8')
  return `\\x${text.length === GUID_BYTES - 1 ? '0000' : '00'}${text.toString('hex')}`
}

/** That a column holds a GUID, by its index; both are bytes. */
export function isGuid(column: Sql, guid: Sql): Sql {
  return sql`guid_key(${column}) = guid_key(${guid}) AND ${column} = ${guid}`
}
