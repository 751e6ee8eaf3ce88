import type { Scope } from '@/lib/pipeline/actor'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import type { PatternUse, TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { folderWords } from '@/lib/pipeline/deviation/words'
import { PATH_CLASSES } from '@/lib/pipeline/normalise/command-line/path-class'
import { hasHost, inScope } from './scope'
import { patternId } from './signatures'
import { type Db, findRow, rows, type Sql, sql } from './sql'
import { isSameUse } from './use-of-execution'

/** A triage item as people left it. */
export type StoredDeviation = {
  id: string
  entryId: number
  slug: string
  title: string
  titleInWords: string
  state: TriageState
  version: number
}

type DeviationRow = {
  id: string
  entry_id: number
  slug: string
  title: string
  title_in_words: string
  state: TriageState
  version: number
}

/** An item that shows on at least one host in scope; null = there is none. */
export async function findDeviation(db: Db, scope: Scope, id: string): Promise<StoredDeviation | null> {
  const row = await findRow<DeviationRow>(
    db,
    sql`SELECT d.id, d.entry_id, c.slug, d.title, ${titleInWords(sql`d`)} AS title_in_words, d.state, d.version
        FROM deviation d JOIN catalogue_entry c ON c.id = d.entry_id WHERE d.id = ${id}::bigint`,
  )
  if (row === null) return null
  const { entry_id: entryId, title_in_words, ...rest } = row
  const deviation = { ...rest, entryId, titleInWords: title_in_words }
  if (scope.kind === 'all') return deviation
  const seen = await findRow(
    db,
    sql`SELECT 1 FROM usage u WHERE u.signature_id IN (${signaturesOf(deviation)}) ${inScope(scope, sql`u.host_id`)} LIMIT 1`,
  )
  return seen === null ? null : deviation
}

/** Ids of the signatures that an item is about, as subjectOf has it. */
export function signaturesOf({
  slug,
  title,
  entryId,
}: Pick<StoredDeviation, 'slug' | 'title' | 'entryId'>): Sql {
  return sql`SELECT s.id FROM signature s WHERE s.pattern_id = ${patternId({ slug, pattern: title })}::bigint
    UNION ALL SELECT s.id FROM signature s WHERE s.entry_id = ${entryId} AND s.pattern_id IS NULL AND ${SUBJECT_WITHOUT_PATTERN} = ${title}`
}

/** What a signature `s` without a pattern is about. */
const SUBJECT_WITHOUT_PATTERN = sql`coalesce(s.content->>'shape', s.content->'features'->>'identity', s.content->>'slug')`

/** What an item of executions without a command line is about: the folder of their file. A pattern can be such a word too. */
const FOLDER_TITLES = PATH_CLASSES.flatMap((folder) =>
  [[], ['renamed'], ['impostor']].map((more) => [folder, ...more].join(', ')),
)

/** The title of an item, a row `d` of deviation, in words: a folder alone says nothing of what ran. */
export function titleInWords(d: Sql): Sql {
  return sql`CASE WHEN ${d}.title = ANY(${FOLDER_TITLES}::text[])
      AND NOT EXISTS (SELECT FROM pattern p WHERE p.entry_id = ${d}.entry_id AND p.pattern = ${d}.title)
    THEN format(${folderWords('%s', '%s')}::text, (SELECT c.slug FROM catalogue_entry c WHERE c.id = ${d}.entry_id), ${d}.title) ELSE ${d}.title END`
}

/** As a query: ids of the signatures that one item, a row `d` of deviation, is about. */
export function signaturesOfItem(d: Sql): Sql {
  return sql`SELECT s.id FROM pattern p JOIN signature s ON s.pattern_id = p.id WHERE p.entry_id = ${d}.entry_id AND p.pattern = ${d}.title
    UNION ALL SELECT s.id FROM signature s WHERE s.entry_id = ${d}.entry_id AND s.pattern_id IS NULL AND ${SUBJECT_WITHOUT_PATTERN} = ${d}.title`
}

/** Behind `JOIN`: the signatures `s` that items, rows `d` of deviation, are about; read as a whole, which many items are worth. */
export const SIGNATURES_OF_ITEMS: Sql = sql`(SELECT s.id, s.entry_id, coalesce(p.pattern, ${SUBJECT_WITHOUT_PATTERN}) AS subject
  FROM signature s LEFT JOIN pattern p ON p.id = s.pattern_id) s ON s.entry_id = d.entry_id AND s.subject = d.title`

/**
 * Whether a row `u` of usage, whose signature is `s` and its pattern `p`, is explained by an item `d` of deviation: a ruling of it holds for this use, which
 * therefore scores nothing and has no hit. The modules that a ruling is bound to are left out: what loads others scores.
 */
export function isExplainedBy(u: Sql, d: Sql): Sql {
  const bound = (to: Sql, feature: Sql) =>
    sql`(${to} IS NULL OR ${to} = coalesce(s.content->'features'->>${feature}, ''))`
  return sql`${u}.score_millibits = 0 AND ${d}.touched AND ${d}.state IN ('expected', 'authorised-test')
    AND ${d}.entry_id = s.entry_id AND ${d}.title = coalesce(p.pattern, ${SUBJECT_WITHOUT_PATTERN})
    AND EXISTS (SELECT FROM ruling r WHERE r.deviation_id = ${d}.id AND r.revoked_at IS NULL
      AND r.valid_from <= ${u}.day AND (r.valid_to IS NULL OR ${u}.day <= r.valid_to)
      AND ${bound(sql`r.parent`, sql`'parent'`)} AND ${bound(sql`r.identity`, sql`'identity'`)} AND ${takesIn(u)})`
}

/** Whether the scope of a ruling `r` has the host of a row `u` of usage, in its group of that day. */
function takesIn(u: Sql): Sql {
  return sql`(r.scope->>'kind' = 'fleet' OR (r.scope->>'kind' = 'hosts' AND ${hasHost(sql`r.scope`, sql`${u}.host_id`)})
    OR (r.scope->>'kind' = 'groups' AND EXISTS (SELECT FROM host_group_member m WHERE m.host_id = ${u}.host_id AND r.scope->'ids' @> to_jsonb(m.group_id)
      AND m.valid_from <= ${u}.day AND (m.valid_to IS NULL OR m.valid_to > ${u}.day))))`
}

/** As a query: the item that a row `u` of usage belongs to, whose signature is `s` and its pattern `p`: one that it deviates for, or that explains it. */
export function itemOfUse(u: Sql): Sql {
  return sql`SELECT d.*, hit.reasons FROM deviation_hit hit JOIN deviation d ON d.id = hit.deviation_id WHERE ${isSameUse(sql`hit`, u)}
    UNION ALL
    SELECT d.*, NULL FROM deviation d WHERE ${isExplainedBy(u, sql`d`)} LIMIT 1`
}

type UseRow = {
  host_id: number
  host_name: string
  group_id: number | null
  group_name: string | null
  parent: string | null
  identity: string | null
  modules: string[] | null
  first_day: string
  last_day: string
  executions: string
  deviates: boolean
}

/** Every way in which hosts in scope used an item's pattern, by host, group that day, parent and binary. */
export async function loadPatternUses(
  db: Db,
  scope: Scope,
  deviation: Pick<StoredDeviation, 'id' | 'slug' | 'title' | 'entryId'>,
): Promise<PatternUse[]> {
  const found = await rows<UseRow>(
    db,
    sql`SELECT u.host_id, h.name AS host_name, g.id AS group_id, g.name AS group_name,
          s.content->'features'->>'parent' AS parent, s.content->'features'->>'identity' AS identity, s.content->'traits'->'module' AS modules,
          min(u.day) AS first_day, max(u.day) AS last_day, sum(u.executions) AS executions, x.deviates
        FROM usage u JOIN signature s ON s.id = u.signature_id JOIN host h ON h.id = u.host_id
        LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_from <= u.day AND (m.valid_to IS NULL OR m.valid_to > u.day)
        LEFT JOIN host_group g ON g.id = m.group_id
        CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM deviation_hit d WHERE (d.host_id, d.day, d.deviation_id, d.signature_id)
          = (u.host_id, u.day, ${deviation.id}::bigint, u.signature_id)) AS deviates) x
        WHERE u.signature_id IN (${signaturesOf(deviation)}) ${inScope(scope, sql`u.host_id`)}
        GROUP BY u.host_id, h.name, g.id, g.name, 5, 6, 7, x.deviates
        ORDER BY h.name, u.host_id, 5, 6, 7, 8`,
  )
  const visible = (groupId: number | null) =>
    groupId !== null && (scope.kind === 'all' || scope.groupIds.includes(groupId))
  return found.map((row) => ({
    hostId: row.host_id,
    hostName: row.host_name,
    groupId: visible(row.group_id) ? row.group_id : null,
    groupName: visible(row.group_id) ? row.group_name : null,
    parent: row.parent,
    identity: row.identity,
    modules: row.modules,
    firstDay: row.first_day,
    lastDay: row.last_day,
    executions: Number(row.executions),
    deviates: row.deviates,
  }))
}

/** Hosts, in scope or not, that used an item's pattern on or after a day. */
export async function findHostsThatUsed(
  db: Db,
  deviation: Pick<StoredDeviation, 'slug' | 'title' | 'entryId'>,
  day: string,
): Promise<number[]> {
  const found = await rows<{ host_id: number }>(
    db,
    sql`SELECT DISTINCT host_id FROM usage WHERE signature_id IN (${signaturesOf(deviation)}) AND day >= ${day}::date ORDER BY host_id`,
  )
  return found.map(({ host_id }) => host_id)
}

/** Whether somebody sees every host that a ruling holds for. */
export async function seesAllOfRuling(db: Db, scope: Scope, ruled: TriageScope): Promise<boolean> {
  if (scope.kind === 'all') return true
  if (ruled.kind === 'fleet') return false
  if (ruled.kind === 'groups') return ruled.ids.every((id) => scope.groupIds.includes(id))
  return (await findRow(db, hiddenHost(scope, ruled.ids))) === null
}

/** One of some hosts that is not in sight, as a row; none where all are. A merged host is the one it was merged into. */
export function hiddenHost(scope: Scope, hostIds: readonly number[]): Sql {
  return sql`SELECT 1 FROM unnest(${[...hostIds]}::int[]) AS host_id LEFT JOIN host k ON k.id = host_id
    WHERE NOT (true ${inScope(scope, sql`coalesce(k.merged_into, host_id)`)}) LIMIT 1`
}
