import type pg from 'pg'
import { hash64 } from '@/lib/pipeline/hash'
import { copyRows } from './copy'
import { knownRows } from './known-rows'
import { transaction } from './sql'

/** Dictionaries: content-addressed rows that are written once. Values are upserted in sorted, short transactions behind a cache. */

export type ImageValue = {
  path: string
  fileName: string
  originalFileName: string | null
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
  signer: string | null
}

/** How a process was started, beyond its own file: what many of a host's executions share. */
export type LaunchValue = {
  parentImage: string | null
  grandparentImage: string | null
  integrityLevel: string | null
  currentDirectory: string | null
}

export type PrincipalValue = { name: string | null; sid: string | null }

export type ModuleValue = {
  path: string
  fileName: string
  originalFileName: string | null
  signed: boolean | null
  signer: string | null
  signatureStatus: string | null
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
}

export type DestinationValue = {
  /** tcp, udp …; dns = the name was asked for. */
  protocol: string | null
  ip: string | null
  name: string | null
  port: number | null
  initiated: boolean | null
}

export function imageId(image: ImageValue): string {
  const { path, originalFileName, md5, sha1, sha256, imphash, signer } = image
  return hash64('image', path, originalFileName, md5, sha1, sha256, imphash, signer)
}

/** The database's function launch_id says the same. */
export function launchId(launch: LaunchValue): string {
  return hash64('launch', ...launchCells(launch))
}

/** Columns in the order of the dictionary's. */
export function launchCells({
  parentImage,
  grandparentImage,
  integrityLevel,
  currentDirectory,
}: LaunchValue) {
  return [parentImage, grandparentImage, integrityLevel, currentDirectory] as const
}

export function principalId(principal: PrincipalValue): string {
  return hash64('principal', principal.name, principal.sid)
}

/** Columns in the order of the dictionary's. */
export function moduleCells(value: ModuleValue) {
  const { path, fileName, originalFileName, signed, signer, signatureStatus } = value
  const { md5, sha1, sha256, imphash } = value
  return [
    path,
    fileName,
    originalFileName,
    signed,
    signer,
    signatureStatus,
    md5,
    sha1,
    sha256,
    imphash,
  ] as const
}

export function moduleId(value: ModuleValue): string {
  return hash64('module', ...moduleCells(value).map(printed))
}

/** Columns in the order of the dictionary's. */
export function destinationCells({ protocol, ip, name, port, initiated }: DestinationValue) {
  return [protocol, ip, name, port, initiated] as const
}

export function destinationId(value: DestinationValue): string {
  return hash64('destination', ...destinationCells(value).map(printed))
}

function printed(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value)
}

export type DictionaryTable =
  | 'image'
  | 'launch'
  | 'principal'
  | 'pattern'
  | 'signature'
  | 'feature_value'
  | 'module'
  | 'destination'

const COLUMNS: Record<DictionaryTable, readonly string[]> = {
  image: ['id', 'path', 'file_name', 'original_file_name', 'md5', 'sha1', 'sha256', 'imphash', 'signer'],
  launch: ['id', 'parent_image', 'grandparent_image', 'integrity_level', 'current_directory'],
  principal: ['id', 'name', 'sid'],
  pattern: ['id', 'entry_id', 'pattern', 'shape'],
  signature: ['id', 'entry_id', 'pattern_id', 'feature_ids', 'content', 'risk_millibits'],
  feature_value: ['id', 'value'],
  module: [
    'id',
    'path',
    'file_name',
    'original_file_name',
    'signed',
    'signer',
    'signature_status',
    'md5',
    'sha1',
    'sha256',
    'imphash',
  ],
  destination: ['id', 'protocol', 'ip', 'name', 'port', 'initiated'],
}

type DictionaryRow = readonly [id: string, ...rest: (string | number | boolean | null)[]]

/** Those of which it is not known that their rows exist: of others not even a row need be made. */
export function unwritten<T>(
  pool: pg.Pool,
  table: DictionaryTable,
  all: readonly T[],
  idOf: (one: T) => string,
): T[] {
  const known = knownRows(pool)
  return all.filter((one) => !known.has(`${table} ${idOf(one)}`))
}

/** Makes sure that these rows exist; rows known to exist cost nothing. */
export async function ensureDictionary(
  pool: pg.Pool,
  table: DictionaryTable,
  rows: Iterable<DictionaryRow>,
): Promise<void> {
  const known = knownRows(pool)
  const missing = new Map<string, DictionaryRow>()
  for (const row of rows) if (!known.has(`${table} ${row[0]}`)) missing.set(row[0], row)
  if (missing.size === 0) return
  const sorted = [...missing.values()].sort((a, b) => (BigInt(a[0]) < BigInt(b[0]) ? -1 : 1))
  const columns = COLUMNS[table]
  await transaction(pool, async (client) => {
    await client.query(`CREATE TEMP TABLE incoming_${table} (LIKE ${table}) ON COMMIT DROP`)
    await copyRows(client, `incoming_${table}`, columns, sorted)
    await client.query(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM incoming_${table} ORDER BY id ON CONFLICT DO NOTHING`,
    )
  })
  for (const id of missing.keys()) known.add(`${table} ${id}`)
}
