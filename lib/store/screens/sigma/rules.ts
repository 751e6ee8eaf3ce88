import { stringify } from 'yaml'
import type { Scope } from '@/lib/pipeline/actor'
import type { SigmaCategory, SigmaLevel, SigmaProduct } from '@/lib/pipeline/sigma/rule'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { containing } from '@/lib/store/screens/like'
import { limitOffset, matching, orderBy, type TableRequest } from '@/lib/store/screens/table-request'
import { empty, findRow, rows, type Sql, sql } from '@/lib/store/sql'

export const SIGMA_SORTS = ['title', 'level', 'hits', 'hosts', 'modified'] as const
type SigmaSort = (typeof SIGMA_SORTS)[number]
export const SIGMA_FILTERS = ['level', 'enabled', 'category', 'set'] as const

/** Days of telemetry, the newest last, in which hits are counted. */
export const HIT_DAYS = 30

/** A rule in the list. */
export type SigmaRuleRow = {
  id: string
  title: string
  level: SigmaLevel
  status: string | null
  category: SigmaCategory
  product: SigmaProduct | null
  set: string
  modified: string | null
  unknownFields: string[]
  enabled: boolean
  /** Events that met it in the last HIT_DAYS days, and hosts with any. */
  hits: number
  hosts: number
}

const LEVEL = sql`array_position(ARRAY['informational', 'low', 'medium', 'high', 'critical'], r.level)`
const ORDER: Record<SigmaSort, Sql> = {
  title: sql`lower(r.title)`,
  level: LEVEL,
  hits: sql`hits`,
  hosts: sql`hosts`,
  modified: sql`r.modified`,
}
const ENABLED = sql`CASE WHEN r.enabled THEN 'on' ELSE 'off' END`
const recentHits = (scope: Scope) => sql`
  LEFT JOIN LATERAL (SELECT coalesce(sum(h.events), 0)::int AS hits, count(DISTINCT h.host_id)::int AS hosts FROM sigma_hit h
    WHERE h.rule_id = r.id AND h.day > (SELECT max(day) FROM coverage) - ${HIT_DAYS}::int ${inScope(scope, sql`h.host_id`)}) recent ON true`
const COLUMNS = sql`r.id, r.title, r.level, r.status, r.category, r.product, s.name AS set, r.modified,
  r.unknown_fields AS "unknownFields", r.enabled, recent.hits, recent.hosts`

/** Rules that match, one page, with their hits on hosts in scope. */
export async function listSigmaRules(
  scope: Scope,
  request: TableRequest<SigmaSort>,
): Promise<{ rows: SigmaRuleRow[]; total: number }> {
  const { q } = request
  const found = await rows<SigmaRuleRow & { total: string }>(
    pool(),
    sql`SELECT ${COLUMNS}, count(*) OVER () AS total
        FROM sigma_rule r JOIN sigma_rule_set s ON s.id = r.set_id ${recentHits(scope)}
        WHERE true ${matching(request, 'level', sql`r.level`)} ${matching(request, 'enabled', ENABLED)}
          ${matching(request, 'category', sql`r.category`)} ${matching(request, 'set', sql`s.name`)}
          ${q === '' ? empty : sql`AND (r.title ILIKE ${containing(q)} OR r.description ILIKE ${containing(q)} OR r.id = ${q.toLowerCase()})`}
        ${orderBy(request, ORDER, sql`r.id`)} ${limitOffset(request)}`,
  )
  return { total: Number(found[0]?.total ?? 0), rows: found.map(({ total: _total, ...row }) => row) }
}

export type SigmaSetRow = { name: string; source: string; loadedAt: number; rules: number; enabled: number }

/** Rule sets by name, with how many rules they have. Times in microseconds. */
export async function listSigmaSets(): Promise<SigmaSetRow[]> {
  return await rows<SigmaSetRow>(
    pool(),
    sql`SELECT s.name, s.source, s.loaded_at AS "loadedAt", count(*)::int AS rules, count(*) FILTER (WHERE r.enabled)::int AS enabled
        FROM sigma_rule_set s JOIN sigma_rule r ON r.set_id = s.id GROUP BY s.id ORDER BY s.name`,
  )
}

/** A rule on its page. */
export type SigmaRulePage = SigmaRuleRow & {
  description: string
  author: string
  links: string[]
  tags: string[]
  /** The rule as YAML, written from what was stored. */
  text: string
}

/** One rule, with its hits on hosts in scope; null = there is none of that id (any more). */
export async function findSigmaRule(scope: Scope, id: string): Promise<SigmaRulePage | null> {
  const found = await findRow<Omit<SigmaRulePage, 'text'> & { document: unknown }>(
    pool(),
    sql`SELECT ${COLUMNS}, r.description, r.author, r.links, r.tags, r.document
        FROM sigma_rule r JOIN sigma_rule_set s ON s.id = r.set_id ${recentHits(scope)} WHERE r.id = ${id}`,
  )
  if (found === null) return null
  const { document, ...rule } = found
  return { ...rule, text: stringify(inOrder(document), { lineWidth: 0 }) }
}

/** The order in which rules are usually written; the database keeps none. */
const USUAL = [
  'title',
  'id',
  'status',
  'description',
  'references',
  'author',
  'date',
  'modified',
  'tags',
  'logsource',
  'detection',
]

function inOrder(document: unknown): unknown {
  const place = (key: string) => (USUAL.includes(key) ? USUAL.indexOf(key) : USUAL.length)
  return Object.fromEntries(Object.entries(document ?? {}).toSorted(([a], [b]) => place(a) - place(b)))
}
