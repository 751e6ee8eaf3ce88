import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inGroups } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import type { Choice } from './decision/form'

export type HostGroupRow = { id: number; name: string; hosts: number; createdAt: number }

/** Host groups by name, with the hosts that are in them now. */
export async function listHostGroups(): Promise<HostGroupRow[]> {
  const found = await rows<{ id: number; name: string; hosts: string; created_at: number }>(
    pool(),
    sql`SELECT g.id, g.name, g.created_at, count(m.host_id) AS hosts FROM host_group g
        LEFT JOIN host_group_member m ON m.group_id = g.id AND m.valid_to IS NULL
          AND EXISTS (SELECT FROM host_alias a WHERE a.host_id = m.host_id)
        GROUP BY g.id ORDER BY g.name`,
  )
  return found.map(({ created_at, hosts, ...row }) => ({
    ...row,
    hosts: Number(hosts),
    createdAt: created_at,
  }))
}

/** Host groups that somebody sees and may speak of, by name. */
export async function listGroupChoices(scope: Scope): Promise<Choice[]> {
  return await rows<Choice>(
    pool(),
    sql`SELECT id, name FROM host_group WHERE true ${inGroups(scope, sql`id`)} ORDER BY name`,
  )
}

export type GroupableHost = { id: number; name: string; groupId: number | null; group: string | null }

const MAX_FOUND = 10_000

/** Hosts one of whose names fits a pattern: `*` stands for any text, `?` for one character. */
export async function listHostsByPattern(pattern: string): Promise<GroupableHost[]> {
  return await rows<GroupableHost>(
    pool(),
    sql`SELECT h.id, h.name, g.id AS "groupId", g.name AS "group" FROM host h
        LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id AND a.alias LIKE ${toLike(pattern)})
        ORDER BY h.name LIMIT ${MAX_FOUND}`,
  )
}

function toLike(pattern: string): string {
  return pattern
    .trim()
    .toLowerCase()
    .slice(0, 253)
    .replaceAll('\u0000', '')
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
}

/** A name pattern in force, or one that will be; in order. */
export type GroupRuleRow = { pattern: string; groupId: number; group: string; from: string }

export async function listGroupRules(): Promise<GroupRuleRow[]> {
  return await rows<GroupRuleRow>(
    pool(),
    sql`SELECT r.pattern, r.group_id AS "groupId", g.name AS "group", r.valid_from AS from
        FROM host_group_rule r JOIN host_group g ON g.id = r.group_id WHERE r.valid_to IS NULL ORDER BY r.position`,
  )
}
