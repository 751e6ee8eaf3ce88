import type pg from 'pg'
import { type Attempt, CONTROLS, OUTCOMES, type PolicyState } from '@/lib/pipeline/event/event'
import { hash64 } from '@/lib/pipeline/hash'
import { copyRows } from '@/lib/store/copy'
import { ensureDictionary, principalId } from '@/lib/store/dictionaries'
import type { HostRef } from '@/lib/store/hosts'
import { toTimestamp } from '@/lib/store/pool'
import { queueAttemptDays } from '@/lib/store/recompute/attempt-days'
import { execute, rows, sql } from '@/lib/store/sql'
import { type EventCounts, toCounts } from './event-counts'
import { type FactKey, factName, findFresh } from './find-fresh'
import { type KnownFact, noteOverlap } from './overlap'

/** What a control reported, on its way into the store. `entryId`: the proxy binary in question. */
export type IncomingAttempt = { event: Attempt; hostName: string; entryId: number | null }
export type IncomingPolicy = { event: PolicyState; hostName: string }

const COLUMNS = [
  'host_id',
  'occurred_at',
  'id',
  'alias_id',
  'control',
  'outcome',
  'entry_id',
  'rule_id',
  'rule_name',
  'policy_id',
  'policy_name',
  'file_path',
  'original_file_name',
  'signer',
  'file_hash',
  'command_line',
  'destination',
  'pid',
  'parent_image',
  'parent_command_line',
  'principal_id',
  'import_file_id',
  'record_id',
] as const

type Placed<T> = { incoming: T; host: HostRef }
type FreshAttempt = Placed<IncomingAttempt> & { key: FactKey }

function principalOf({ user, userSid }: Attempt): string | null {
  return user === null && userSid === null ? null : principalId({ name: user, sid: userSid })
}

export async function ensureUsers(pool: pg.Pool, attempts: readonly IncomingAttempt[]): Promise<void> {
  await ensureDictionary(
    pool,
    'principal',
    attempts.flatMap(({ event }) => {
      const id = principalOf(event)
      return id === null ? [] : [[id, event.user, event.userSid] as const]
    }),
  )
}

function cells({ incoming: { event, entryId }, host, key }: FreshAttempt, importFileId: number) {
  return [
    host.hostId,
    toTimestamp(event.time.us),
    key.rowId,
    host.aliasId,
    CONTROLS.indexOf(event.control),
    OUTCOMES.indexOf(event.outcome),
    entryId,
    event.ruleId,
    event.ruleName,
    event.policyId,
    event.policyName,
    event.filePath,
    event.originalFileName,
    event.signer,
    event.fileHash,
    event.commandLine,
    event.destination,
    event.pid,
    event.parentImage,
    event.parentCommandLine,
    principalOf(event),
    importFileId,
    event.recordId,
  ]
}

/** Stores the attempts that are not there yet, and marks their days to be counted. */
export async function storeAttempts(
  client: pg.PoolClient,
  placed: readonly Placed<IncomingAttempt>[],
  importFileId: number,
): Promise<EventCounts> {
  const keyed = placed.map(({ incoming, host }) => {
    const { recordKey, time } = incoming.event
    const key = { hostId: host.hostId, rowId: hash64('record', recordKey), us: time.us }
    return { incoming, host, key, name: factName(key) }
  })
  const { fresh, known } = await findFresh(client, 'attempt', keyed)
  await noteOverlap(client, importFileId, [...known.values()])
  await copyRows(
    client,
    'attempt',
    COLUMNS,
    fresh.map((one) => cells(one, importFileId)),
  )
  await queueAttemptDays(
    client,
    fresh.map(({ key: { hostId, us } }) => ({ hostId, day: toTimestamp(us).slice(0, 10) })),
  )
  const stored = fresh.length
  return toCounts([{ kind: 'attempt', incoming: placed.length, fresh: stored, kept: stored }])
}

/** Whether a stored state `p` is one, `i`, that arrives. */
const IS_SAME_STATE = sql`p.host_id = i.host_id AND p.id = i.id
  AND p.occurred_at >= date_trunc('second', i.occurred_at) AND p.occurred_at < date_trunc('second', i.occurred_at) + interval '1 second'`

/**
 * Stores the states of policies that are not there yet; few. A state is the same to the second, at the latest time that it was printed with or came back: which
 * of several in a second came last is what a policy is now.
 */
export async function storePolicies(
  client: pg.PoolClient,
  placed: readonly Placed<IncomingPolicy>[],
  importFileId: number,
): Promise<EventCounts> {
  const events = placed.map(({ incoming }) => incoming.event)
  const stored = await execute(
    client,
    sql`WITH incoming AS (SELECT DISTINCT ON (host_id, id, date_trunc('second', occurred_at)) * FROM unnest(
          ${placed.map(({ host }) => host.hostId)}::int[],
          ${events.map(({ time }) => toTimestamp(time.us))}::timestamptz[],
          ${events.map(({ recordKey }) => hash64('record', recordKey))}::bigint[],
          ${placed.map(({ host }) => host.aliasId)}::int[],
          ${events.map(({ control }) => CONTROLS.indexOf(control))}::smallint[],
          ${events.map(({ state }) => Number(state === 'changed'))}::smallint[],
          ${events.map(({ policyId }) => policyId)}::text[],
          ${events.map(({ policyName }) => policyName)}::text[],
          ${events.map(({ detail }) => detail)}::text[]) AS p (host_id, occurred_at, id, alias_id, control, state, policy_id, policy_name, detail)
          ORDER BY host_id, id, date_trunc('second', occurred_at), occurred_at DESC),
        later AS (UPDATE policy_state p SET occurred_at = i.occurred_at FROM incoming i WHERE ${IS_SAME_STATE} AND p.occurred_at < i.occurred_at)
        INSERT INTO policy_state (host_id, occurred_at, id, alias_id, control, state, policy_id, policy_name, detail, import_file_id)
        SELECT i.*, ${importFileId} FROM incoming i WHERE NOT EXISTS (SELECT FROM policy_state p WHERE ${IS_SAME_STATE})`,
  )
  if (stored < placed.length) await noteOverlap(client, importFileId, await findKnownStates(client, placed))
  return toCounts([{ kind: 'policy-state', incoming: placed.length, fresh: stored, kept: stored }])
}

async function findKnownStates(
  client: pg.PoolClient,
  placed: readonly Placed<IncomingPolicy>[],
): Promise<KnownFact[]> {
  const events = placed.map(({ incoming }) => incoming.event)
  return await rows<KnownFact>(
    client,
    sql`SELECT DISTINCT 'policy_state' AS fact, p.host_id, p.occurred_at, p.id, p.import_file_id AS "fileId", p.alias_id AS "aliasId",
          (p.occurred_at AT TIME ZONE 'UTC')::date AS day
        FROM unnest(${placed.map(({ host }) => host.hostId)}::int[], ${events.map(({ time }) => toTimestamp(time.us))}::timestamptz[],
          ${events.map(({ recordKey }) => hash64('record', recordKey))}::bigint[]) AS i(host_id, occurred_at, id)
        JOIN policy_state p ON ${IS_SAME_STATE}`,
  )
}
