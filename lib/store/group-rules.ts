import type pg from 'pg'
import {
  firstDifference,
  type GroupRule,
  type GroupSpan,
  type NamedHost,
  spansByRule,
} from '@/lib/pipeline/baseline/group-rules'
import { LOCKS } from './advisory-lock'
import { markDirty } from './hosts'
import type { PrismaTransaction } from './prisma'
import { type Db, execute, rows, sql } from './sql'

type RuleRow = {
  pattern: string
  group_id: number
  position: number
  from: number
  to: number | null
}

async function loadRules(db: Db): Promise<GroupRule[]> {
  const found = await rows<RuleRow>(
    db,
    sql`SELECT pattern, group_id, position, valid_from - '1970-01-01'::date AS from, valid_to - '1970-01-01'::date AS to FROM host_group_rule`,
  )
  return found.map(({ group_id, ...rest }) => ({ ...rest, groupId: group_id }))
}

type HostRow = {
  host_id: number
  names: string[]
  spans: { groupId: number; from: number; to: number | null; byRule: boolean }[] | null
}

async function loadPlaced(db: Db): Promise<HostRow[]> {
  return await rows<HostRow>(
    db,
    sql`SELECT h.id AS host_id, array_agg(DISTINCT a.alias) AS names, (
          SELECT jsonb_agg(jsonb_build_object('groupId', m.group_id, 'from', m.valid_from - '1970-01-01'::date,
            'to', m.valid_to - '1970-01-01'::date, 'byRule', m.by_rule) ORDER BY m.valid_from)
          FROM host_group_member m WHERE m.host_id = h.id) AS spans
        FROM host h JOIN host_alias a ON a.host_id = h.id GROUP BY h.id ORDER BY h.id`,
  )
}

/**
 * Brings the groups of all hosts in line with the name patterns, new hosts included, and queues those that moved from the first day on which
 * they did. Answers how many moved. Doing it twice changes nothing.
 */
export async function placeByRules(client: pg.PoolClient): Promise<number> {
  await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.placing})`)
  const rules = await loadRules(client)
  let moved = 0
  for (const { host_id: hostId, names, spans } of await loadPlaced(client)) {
    const before = (spans ?? []).filter(({ byRule }) => byRule)
    const byHand = (spans ?? []).filter(({ byRule }) => !byRule)
    const after = spansByRule(names, rules, byHand)
    const day = firstDifference(before, after)
    if (day === null) continue
    await replaceSpans(client, hostId, after)
    await markDirtyFrom(client, hostId, day)
    moved++
  }
  if (moved > 0) await client.query('NOTIFY cordon_work')
  return moved
}

async function replaceSpans(client: Db, hostId: number, spans: readonly GroupSpan[]): Promise<void> {
  await execute(client, sql`DELETE FROM host_group_member WHERE host_id = ${hostId} AND by_rule`)
  for (const { groupId, from, to } of spans)
    await execute(
      client,
      sql`INSERT INTO host_group_member (host_id, group_id, valid_from, valid_to, by_rule)
          VALUES (${hostId}, ${groupId}, '1970-01-01'::date + ${from}::int, '1970-01-01'::date + ${to}::int, true)`,
    )
}

/** Days before anything was computed wait anyway. */
async function markDirtyFrom(client: Db, hostId: number, day: number): Promise<void> {
  const [first] = await rows<{ day: string | null }>(
    client,
    sql`SELECT min(day) AS day FROM usage WHERE host_id = ${hostId} AND day >= '1970-01-01'::date + ${day}::int`,
  )
  if (first?.day) await markDirty(client, [hostId], first.day)
}

const ENDS = sql`coalesce(valid_to - '1970-01-01'::date, 1000000)::bigint`

/** What placing by rules depends on, in a word: it changes when a rule, a name or a placement does. */
export async function placementState(db: Db): Promise<string> {
  const [row] = await rows<{ state: string }>(
    db,
    sql`SELECT concat_ws(' ',
          (SELECT concat_ws('/', count(*), max(id), sum(${ENDS})) FROM host_group_rule),
          (SELECT concat_ws('/', count(*), max(id), sum(host_id::bigint * id)) FROM host_alias),
          (SELECT concat_ws('/', count(*), sum(host_id::bigint * group_id), sum(valid_from - '1970-01-01'::date), sum(${ENDS}))
            FROM host_group_member)) AS state`,
  )
  return row?.state ?? ''
}

/** Puts a list of rules in force from a day on, in place of whatever was to hold on that day and later. */
export async function putRules(
  tx: PrismaTransaction,
  rules: readonly { pattern: string; groupId: number }[],
  day: string,
): Promise<void> {
  const from = new Date(`${day}T00:00:00Z`)
  await tx.hostGroupRule.deleteMany({ where: { validFrom: { gte: from } } })
  await tx.hostGroupRule.updateMany({
    where: { OR: [{ validTo: null }, { validTo: { gt: from } }] },
    data: { validTo: from },
  })
  await tx.hostGroupRule.createMany({
    data: rules.map((rule, position) => ({ ...rule, position, validFrom: from })),
  })
  await tx.$executeRaw`NOTIFY cordon_work`
}

export async function listNamedHosts(db: Db): Promise<NamedHost[]> {
  return await rows<NamedHost>(
    db,
    sql`SELECT h.name, array_agg(a.alias ORDER BY a.alias) AS names, EXISTS (
          SELECT FROM host_group_member m WHERE m.host_id = h.id AND m.valid_to IS NULL AND NOT m.by_rule) AS "byHand"
        FROM host h JOIN host_alias a ON a.host_id = h.id GROUP BY h.id ORDER BY h.name`,
  )
}
