import { ExpectedError } from '@/lib/errors'
import type { ApprovedBlock, BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { BlockEffect, BlockException, Control, DecisionScope } from '@/lib/pipeline/decision/block'
import { assignRings, type RingState } from '@/lib/pipeline/decision/rings'
import { BlockExceptionSchema, DecisionScopeSchema } from '@/lib/pipeline/decision/schemas'
import { exceptionsNow, type HostNow, type Placed, scopeNow, takesIn } from '@/lib/pipeline/decision/scope'
import { LIVE_STATES, type LiveState } from '@/lib/pipeline/decision/states'
import { exceptionsOn } from '@/lib/pipeline/decision/terms'
import { placeBits } from '@/lib/pipeline/decision/what-if'
import { loadHostNow } from './host-identity'
import { type Db, rows, sql } from './sql'

/** A host that has names, with the group it is in now. */
export type GroupedHost = { id: number; name: string; groupId: number | null }

type Row = {
  id: number
  version: number
  verdict: ApprovedBlock['verdict']
  state: LiveState
  effect: BlockEffect
  control: Control
  scope: DecisionScope
  exceptions: BlockException[]
  justification: string
  ticket: string | null
  proposed_by: string
  decided_by: string | null
  decided_at: number | null
  expires_on: string | null
  entry: BlockedEntry
  rings: {
    id: number
    position: number
    name: string
    state: RingState
    since: string | null
    groupIds: number[]
  }[]
}

/**
 * Every decision that a control carries out: in audit (also while proposed), approved, in force, or in force in an emergency; oldest first, with the hosts of today.
 * `day`: 'YYYY-MM-DD', exceptions that ended before it are left out.
 * @throws ExpectedError 'conflict' where one of them is not of the form that this version writes: a policy without it would let it run
 */
export async function listBlocks(db: Db, day: string): Promise<ApprovedBlock[]> {
  const { blocks, unreadable } = await readBlocks(db, day)
  if (unreadable.length === 0) return blocks
  throw new ExpectedError(
    'conflict',
    `What is stored of decision ${unreadable.join(', ')} cannot be read, and policies would lack it. Revoke it, or restore it from a backup.`,
  )
}

/**
 * The same, with what cannot be read set aside by the ids of its decisions, for who goes on without it. `asHosts`: which host each one is taken for; without it,
 * what it is now.
 */
export async function readBlocks(
  db: Db,
  day: string,
  asHosts?: HostNow,
): Promise<{ blocks: ApprovedBlock[]; unreadable: number[] }> {
  const [found, hosts, hostNow] = await Promise.all([
    rows<Row>(
      db,
      sql`SELECT d.id, d.version, d.verdict, d.state, d.effect, d.control, d.scope, d.exceptions, d.justification, d.ticket,
            p.name AS proposed_by, j.name AS decided_by, d.decided_at, d.expires_on,
            jsonb_build_object('slug', c.slug, 'name', c.name, 'kind', c.kind, 'platform', c.platform,
              'originalFileNames', c.original_file_names, 'paths', c.paths, 'attack', c.attack) AS entry,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'position', r.position, 'name', r.name, 'state', r.state, 'since', (extract(epoch FROM r.since) * 1000000)::bigint::text,
              'groupIds', coalesce(r.group_ids, '{}')) ORDER BY r.position), '[]') FROM decision_ring r WHERE r.decision_id = d.id) AS rings
          FROM decision d JOIN catalogue_entry c ON c.id = d.entry_id JOIN account p ON p.id = d.proposed_by_id
          LEFT JOIN account j ON j.id = d.decided_by_id
          WHERE d.verdict <> 'required' AND d.effect IS NOT NULL AND d.control IS NOT NULL
            AND d.state = ANY(${[...LIVE_STATES]}::text[])
            AND (d.state <> 'proposed' OR EXISTS (SELECT FROM decision_ring r WHERE r.decision_id = d.id AND r.state = 'audit'))
          ORDER BY d.id`,
    ),
    listGroupedHosts(db),
    asHosts ?? loadHostNow(db),
  ])
  const readable = found.filter(isReadable)
  const blocks = readable.map((row) => {
    const places = {
      scope: scopeNow(row.scope, hostNow),
      exceptions: exceptionsNow(row.exceptions, hostNow),
    }
    return toBlock({ ...row, ...places }, hosts, day)
  })
  return { blocks, unreadable: found.filter((row) => !isReadable(row)).map(({ id }) => id) }
}

/** Whether JSON that somebody may have written by hand has the form of today. */
function isReadable({ scope, exceptions }: Row): boolean {
  return (
    DecisionScopeSchema.safeParse(scope).success && BlockExceptionSchema.array().safeParse(exceptions).success
  )
}

/** Hosts that have names, by name, with their groups of today. */
export async function listGroupedHosts(db: Db): Promise<GroupedHost[]> {
  return await rows<GroupedHost>(
    db,
    sql`SELECT h.id, h.name, m.group_id AS "groupId" FROM host h
        LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL
        WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ORDER BY h.name`,
  )
}

function toBlock(row: Row, hosts: readonly GroupedHost[], day: string): ApprovedBlock {
  const exceptions = exceptionsOn(row.exceptions, day)
  const inScope = hosts.filter((host) => takesIn(row.scope, placed(host)))
  const isSpared = (host: GroupedHost) => placeBits(exceptions, placed(host)) !== 0
  const blocked = inScope.filter((host) => !isSpared(host))
  const inRings = assignRings(row.rings, blocked)
  return {
    slug: row.entry.slug,
    effect: row.effect,
    scope: row.scope,
    exceptions,
    decisionId: row.id,
    version: row.version,
    verdict: row.verdict,
    state: row.state,
    control: row.control,
    entry: row.entry,
    hosts: blocked.map(named),
    sparedHosts: inScope.filter(isSpared).map(named),
    rings: row.rings.map(({ since, ...ring }, at) => ({
      ...ring,
      since: since === null ? null : Number(since),
      hosts: (inRings[at] ?? []).map(named),
    })),
    justification: row.justification,
    ticket: row.ticket,
    proposedBy: row.proposed_by,
    approvedBy: row.decided_by,
    approvedAt: row.decided_at,
    expiresOn: row.expires_on,
  }
}

function placed({ id, groupId }: GroupedHost): Placed {
  return { hostId: id, groupId }
}

function named({ id, name }: GroupedHost) {
  return { id, name }
}
