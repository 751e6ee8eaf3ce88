import type { Scope } from '@/lib/pipeline/actor'
import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { imageFolderExpected } from '@/lib/pipeline/catalogue/image-folder'
import { hasDeceptiveCharacters } from '@/lib/pipeline/normalise/command-line/fold-characters'
import { pool } from '@/lib/store/pool'
import { MASQUERADING, type Masquerade } from '@/lib/store/screens/masquerading'
import { findRow, rows, sql } from '@/lib/store/sql'
import { during } from '../data-window'
import type { Rollups } from './rollups'
import { type BinaryView, ofHosts } from './view'

/** Records read to list files, the newest first: hashes and paths are kept with executions, not with usage. */
export const IMAGES_FROM_RECORDS = 5000

export type ImageUse = {
  id: string
  path: string
  originalFileName: string | null
  sha256: string | null
  sha1: string | null
  md5: string | null
  signer: string | null
  executions: number
  hosts: number
  firstAt: number
  lastAt: number
  /** null = not reported, or the catalogue has no folder for it. */
  folderExpected: boolean | null
  renamed: boolean
  deceptive: boolean
}

type Row = {
  id: string
  path: string
  file_name: string
  original_file_name: string | null
  sha256: string | null
  sha1: string | null
  md5: string | null
  signer: string | null
  executions: string
  hosts: string
  first_at: number
  last_at: number
}

/** As the index of a binary's executions has it; within an hour they are sorted. */
const HOUR = sql`date_trunc('hour', e.occurred_at AT TIME ZONE 'UTC')`

/**
 * Files that ran as this binary, among the newest records of its executions in view. Which records stand for an execution is asked of those alone: PostgreSQL
 * takes one in two hundred to do so, and would sort all of them.
 */
export async function loadImages(scope: Scope, view: BinaryView, entry: CatalogueEntry): Promise<ImageUse[]> {
  const found = await rows<Row>(
    pool(),
    sql`WITH newest AS (
          SELECT e.image_id, e.host_id, e.occurred_at, e.anchor_id = e.id AS stands FROM execution e
          WHERE e.entry_id = ${view.entryId}
            AND ${HOUR} >= ${view.window.from}::date::timestamp AND ${HOUR} < (${view.window.to}::date + 1)::timestamp
            AND ${during(view.window, sql`e.occurred_at`)} ${ofHosts(scope, view, sql`e.host_id`)}
          ORDER BY ${HOUR} DESC, e.occurred_at DESC LIMIT ${IMAGES_FROM_RECORDS})
        SELECT i.id, i.path, i.file_name, i.original_file_name, i.sha256, i.sha1, i.md5, i.signer, count(*) AS executions,
          count(DISTINCT n.host_id) AS hosts, min(n.occurred_at) AS first_at, max(n.occurred_at) AS last_at
        FROM newest n JOIN image i ON i.id = n.image_id WHERE n.stands GROUP BY i.id ORDER BY executions DESC, i.id LIMIT 200`,
  )
  return found.map((row) => ({
    id: row.id,
    path: row.path,
    originalFileName: row.original_file_name,
    sha256: row.sha256,
    sha1: row.sha1,
    md5: row.md5,
    signer: row.signer,
    executions: Number(row.executions),
    hosts: Number(row.hosts),
    firstAt: row.first_at,
    lastAt: row.last_at,
    folderExpected: imageFolderExpected(entry, row.path),
    renamed: isRenamed(entry, row.file_name, row.original_file_name),
    deceptive: hasDeceptiveCharacters(row.path),
  }))
}

function isRenamed(
  { slug, originalFileNames }: CatalogueEntry,
  fileName: string,
  originalFileName: string | null,
): boolean {
  const own = [slug, ...originalFileNames]
  const original = originalFileName
    ?.trim()
    .toLowerCase()
    .replace(/\.mui$/, '')
  return original !== undefined && own.includes(original) && !own.includes(fileName)
}

export type Masquerading = Record<Masquerade, number>

/** Executions in view whose file is not what its name says, or lies where it does not belong. */
export async function countMasquerading({ days }: Rollups): Promise<Masquerading> {
  const row = await findRow<Record<Masquerade, string | null>>(
    pool(),
    sql`SELECT sum(u.executions) FILTER (WHERE ${MASQUERADING.renamed}) AS renamed,
          sum(u.executions) FILTER (WHERE ${MASQUERADING.impostor}) AS impostor,
          sum(u.executions) FILTER (WHERE ${MASQUERADING.folder}) AS folder
        FROM (${days}) u JOIN signature s ON s.id = u.signature_id`,
  )
  return {
    renamed: Number(row?.renamed ?? 0),
    impostor: Number(row?.impostor ?? 0),
    folder: Number(row?.folder ?? 0),
  }
}
