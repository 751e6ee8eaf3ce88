import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { type Db, execute, findRow, rows, sql } from './sql'

/** A catalogue entry with its place in the store. */
export type StoredEntry = CatalogueEntry & { id: number; enabled: boolean; retired: boolean }

/** Whether its executions are stored, baselined and scored: baseline entries, and optional ones turned on, unless retired. */
export function isCounted({ tier, enabled, retired }: StoredEntry): boolean {
  return !retired && (tier === 'baseline' || (tier === 'optional' && enabled))
}

type Row = {
  id: number
  slug: string
  name: string
  kind: CatalogueEntry['kind']
  tier: CatalogueEntry['tier']
  platform: CatalogueEntry['platform']
  original_file_names: string[]
  paths: string[]
  description: string
  legitimate_use: string | null
  functions: string[]
  attack: string[]
  countermeasures: string[]
  named_in_mission: boolean
  enabled: boolean
  retired_at: number | null
}

/** The whole catalogue, retired entries included, by id. */
export async function loadCatalogue(db: Db): Promise<StoredEntry[]> {
  const found = await rows<Row>(db, sql`SELECT * FROM catalogue_entry ORDER BY id`)
  return found.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    tier: row.tier,
    platform: row.platform,
    originalFileNames: row.original_file_names,
    paths: row.paths,
    description: row.description,
    legitimateUse: row.legitimate_use,
    functions: row.functions,
    attack: row.attack,
    countermeasures: row.countermeasures,
    namedInMission: row.named_in_mission,
    enabled: row.enabled,
    retired: row.retired_at !== null,
  }))
}

/** Another text whenever an entry was added or changed. */
export async function catalogueVersion(db: Db): Promise<string> {
  const found = await findRow<{ version: string }>(
    db,
    sql`SELECT concat(count(*), ' ', max(updated_at), ' ', max(xmin::text::bigint)) AS version FROM catalogue_entry`,
  )
  return found?.version ?? ''
}

/**
 * Adds the built-in entries that are not there yet; what an administrator changed stays. Where processes were stored without them, the worker is
 * left to match those again.
 */
export async function seedCatalogue(db: Db, entries: readonly CatalogueEntry[]): Promise<void> {
  const values = entries.map((entry) => ({
    slug: entry.slug,
    name: entry.name,
    kind: entry.kind,
    tier: entry.tier,
    platform: entry.platform,
    original_file_names: entry.originalFileNames,
    paths: entry.paths,
    description: entry.description,
    legitimate_use: entry.legitimateUse,
    functions: entry.functions,
    attack: entry.attack,
    countermeasures: entry.countermeasures,
    named_in_mission: entry.namedInMission,
    enabled: entry.tier === 'baseline',
  }))
  await execute(
    db,
    sql`WITH added AS (
        INSERT INTO catalogue_entry (slug, name, kind, tier, platform, original_file_names, paths, description, legitimate_use,
          functions, attack, countermeasures, named_in_mission, enabled)
        SELECT slug, name, kind, tier, platform, original_file_names, paths, description, legitimate_use,
          functions, attack, countermeasures, named_in_mission, enabled
        FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) AS e(slug text, name text, kind text, tier text, platform text,
          original_file_names text[], paths text[], description text, legitimate_use text, functions text[], attack text[],
          countermeasures text[], named_in_mission boolean, enabled boolean)
        ON CONFLICT (slug) DO NOTHING RETURNING id)
        INSERT INTO job (kind, argument, title, actor_name)
        SELECT 'rematch', jsonb_build_object('entryIds', jsonb_agg(id)), 'Built-in entries', 'catalogue'
        FROM added WHERE EXISTS (SELECT FROM process) HAVING count(*) > 0`,
  )
}
