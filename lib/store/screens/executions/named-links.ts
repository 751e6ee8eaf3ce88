import type { Scope } from '@/lib/pipeline/actor'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import { titleInWords } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { isUse, namesUse } from './conditions'
import { type ExecutionFilter, isInt8 } from './filter'

/** What the ids that links put into the page's address stand for. */
export type NamedLinks = {
  /** All signatures together, as 'parent › command pattern'; null = none is asked for. */
  use: string | null
  /** Command patterns by id. */
  patterns: Readonly<Record<string, string>>
  /** Titles by deviation id; what is not in scope is not named. */
  deviations: Readonly<Record<string, string>>
  /** Paths by import file id, for who sees all hosts: a file tells of any of them. */
  files: Readonly<Record<string, string>>
}

type Asked = Pick<
  ExecutionFilter,
  'signatureIds' | 'kindsOfUse' | 'patterns' | 'deviationIds' | 'importFileIds'
>

/** Names what a filter asks for by id, as far as it shows on a host in scope: a reader has to see what a list was narrowed to. */
export async function nameLinks(scope: Scope, asked: Asked): Promise<NamedLinks> {
  const [use, patterns, deviations, files] = await Promise.all([
    nameUse(scope, asked),
    namePatterns(scope, asked.patterns.filter(isInt8)),
    nameDeviations(scope, asked.deviationIds),
    nameFiles(scope, asked.importFileIds),
  ])
  return { use, patterns, deviations, files }
}

async function nameUse(scope: Scope, asked: Asked): Promise<string | null> {
  if (!namesUse(asked)) return null
  const found = await rows<{ parent: string | null; pattern: string | null }>(
    pool(),
    sql`SELECT DISTINCT s.content->'features'->>'parent' AS parent, p.pattern
        FROM signature s LEFT JOIN pattern p ON p.id = s.pattern_id
        WHERE (${isUse(asked)})
          AND EXISTS (SELECT 1 FROM usage u WHERE u.signature_id = s.id ${inScope(scope, sql`u.host_id`)})`,
  )
  if (found.length === 0) return 'not on record'
  const parents = new Set(found.map(({ parent }) => parent))
  const patterns = new Set(found.map(({ pattern }) => pattern))
  const parent = oneOrCount(parents, 'parents', (value) =>
    value === null ? 'no parent' : parentWords(value),
  )
  const pattern = oneOrCount(patterns, 'command patterns', (value) => value ?? 'no command line')
  return `${parent} › ${pattern}`
}

function oneOrCount(
  values: ReadonlySet<string | null>,
  noun: string,
  words: (value: string | null) => string,
): string {
  const [only = null] = values
  return values.size === 1 ? words(only) : `${values.size} ${noun}`
}

async function namePatterns(scope: Scope, ids: readonly string[]): Promise<NamedLinks['patterns']> {
  if (ids.length === 0) return {}
  const found = await rows<{ id: string; pattern: string }>(
    pool(),
    sql`SELECT p.id, p.pattern FROM pattern p WHERE p.id = ANY(${[...ids]}::bigint[])
          AND EXISTS (SELECT 1 FROM signature s JOIN usage u ON u.signature_id = s.id
                      WHERE s.pattern_id = p.id ${inScope(scope, sql`u.host_id`)})`,
  )
  return Object.fromEntries(found.map(({ id, pattern }) => [id, pattern]))
}

async function nameDeviations(scope: Scope, ids: Asked['deviationIds']): Promise<NamedLinks['deviations']> {
  if (ids.length === 0) return {}
  const found = await rows<{ id: string; title: string }>(
    pool(),
    sql`SELECT d.id, ${titleInWords(sql`d`)} AS title FROM deviation d WHERE d.id = ANY(${[...ids]}::bigint[])
          AND EXISTS (SELECT 1 FROM deviation_hit t WHERE t.deviation_id = d.id ${inScope(scope, sql`t.host_id`)})`,
  )
  return Object.fromEntries(found.map(({ id, title }) => [id, title]))
}

async function nameFiles(scope: Scope, ids: Asked['importFileIds']): Promise<NamedLinks['files']> {
  if (ids.length === 0 || scope.kind !== 'all') return {}
  const found = await rows<{ id: number; path: string }>(
    pool(),
    sql`SELECT id, path FROM import_file WHERE id = ANY(${[...ids]}::int[])`,
  )
  return Object.fromEntries(found.map(({ id, path }) => [String(id), path]))
}
