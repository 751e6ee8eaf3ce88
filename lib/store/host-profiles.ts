import type { HostProfile, UseTrait } from '@/lib/pipeline/baseline/group-proposals'
import { type Db, empty, rows, sql } from './sql'

/** Hosts whose use is compared: more are left for the next time, the newest ones. */
const HOSTS_MAX = 5000
/** Days of use to compare, up to the newest. */
const DAYS = 30

/** What hosts that are in no group (or all of them) were trusted to do with proxy binaries of late. */
export async function loadHostProfiles(db: Db, which: 'ungrouped' | 'all'): Promise<HostProfile[]> {
  const found = await rows<{ host_id: number; name: string; traits: UseTrait[] }>(
    db,
    sql`WITH chosen AS (
          SELECT h.id, h.name FROM host h WHERE true
            ${which === 'all' ? empty : sql`AND NOT EXISTS (SELECT FROM host_group_member m WHERE m.host_id = h.id AND m.valid_to IS NULL)`}
          ORDER BY h.id LIMIT ${HOSTS_MAX}),
        used AS (
          SELECT DISTINCT u.host_id, u.signature_id FROM usage u JOIN chosen c ON c.id = u.host_id
          WHERE u.trusted AND u.day > (SELECT max(day) FROM usage) - ${DAYS}::int)
        SELECT c.id AS host_id, c.name, jsonb_agg(jsonb_build_object('slug', s.content->>'slug', 'shape', s.content->>'shape',
          'parent', s.content->'features'->>'parent')) AS traits
        FROM used u JOIN chosen c ON c.id = u.host_id JOIN signature s ON s.id = u.signature_id GROUP BY c.id, c.name ORDER BY c.id`,
  )
  return found.map(({ host_id, name, traits }) => ({ hostId: host_id, name, traits }))
}

/** Proposals that an administrator did not want, as the audit log has them. */
export async function listDeclinedProposals(db: Db): Promise<Set<string>> {
  const found = await rows<{ key: string }>(
    db,
    sql`SELECT DISTINCT subject_id AS key FROM audit_entry WHERE subject_kind = ${PROPOSAL} AND action = ${DECLINED}`,
  )
  return new Set(found.map(({ key }) => key))
}

export const PROPOSAL = 'group-proposal'
export const DECLINED = 'group-proposal-declined'
