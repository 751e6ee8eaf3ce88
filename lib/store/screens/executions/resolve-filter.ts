import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, type Sql, sql } from '@/lib/store/sql'
import {
  asksForKinds,
  hostConditions,
  imageConditions,
  kindConditions,
  type NamedFilter,
  type ResolvedFilter,
} from './conditions'
import { findLaunches, findPrincipals } from './dictionaries'
import type { ExecutionFilter } from './filter'
import { findTrail, SEARCH_LIMITS, type SearchLimits } from './leads'
import { findImagesByHash, resolveWord, WORD_LIMITS, type WordLimits } from './words'

/** Ids that a query names; of more it asks again for each row. */
const MAX_IDS = 20_000

/** Looks up what the filter names: entries, hosts, images by hash, processes by GUID; and where its executions are looked for. */
export async function resolveFilter(
  scope: Scope,
  filter: ExecutionFilter,
  given: Partial<WordLimits & SearchLimits> = {},
): Promise<ResolvedFilter> {
  const limits = { ...WORD_LIMITS, ...SEARCH_LIMITS, ...given }
  const [terms, entries, principals, launches, hashedImages, hostIds, namedImages, kindIds] =
    await Promise.all([
      Promise.all(filter.words.map((word) => resolveWord(scope, word, filter.window, limits))),
      resolveEntries(filter.binaries),
      findPrincipals(filter.users),
      findLaunches(filter.parents),
      filter.hashes.length === 0 ? null : findImagesByHash(filter.hashes),
      findHosts(scope, filter),
      filter.images.length === 0 ? null : findIds(sql`image`, imageConditions(unnamed(filter), sql`id`)),
      !asksForKinds(filter) ? null : findIds(sql`signature`, kindConditions(unnamed(filter), sql`id`)),
    ])
  const found = {
    ...filter,
    terms,
    entries,
    principals,
    launches,
    hashedImages,
    hostIds,
    namedImages,
    kindIds,
  }
  return { ...found, limits, trail: await findTrail(scope, found, limits) }
}

/** As it is before anything was looked up. */
function unnamed(filter: ExecutionFilter): NamedFilter {
  const nothing = { entries: null, principals: null, launches: null, hashedImages: null, namedImages: null }
  return { ...filter, ...nothing, terms: [], hostIds: null, kindIds: null }
}

async function findHosts(scope: Scope, filter: ExecutionFilter): Promise<number[] | null> {
  if (scope.kind === 'all' && filter.hosts.length + filter.groups.length === 0) return null
  const found = await findIds(
    sql`host`,
    sql`${inScope(scope, sql`id`)} ${hostConditions(unnamed(filter), sql`id`)}`,
  )
  return found === null ? null : found.map(Number)
}

async function findIds(table: Sql, conditions: Sql): Promise<string[] | null> {
  const found = await rows<{ id: string }>(
    pool(),
    sql`SELECT id FROM ${table} WHERE true ${conditions} LIMIT ${MAX_IDS + 1}`,
  )
  return found.length > MAX_IDS ? null : found.map(({ id }) => id)
}

async function resolveEntries(slugs: readonly string[]): Promise<NamedFilter['entries']> {
  if (slugs.length === 0) return null
  const found = await rows<{ id: number; slug: string; kind: string }>(
    pool(),
    sql`SELECT id, slug, kind FROM catalogue_entry WHERE slug = ANY(${[...slugs]}::text[])`,
  )
  const hosted = found.filter(({ kind }) => kind !== 'binary')
  return {
    ids: found.map(({ id }) => id),
    hostedIds: hosted.map(({ id }) => id),
    hostedSlugs: hosted.map(({ slug }) => slug),
  }
}
