import type pg from 'pg'
import { copyRows } from '@/lib/store/copy'
import { execute, sql } from '@/lib/store/sql'
import type { UsageRow } from './write-day'

/** Replaces which Sigma rules hosts' executions met on a day. */
export async function writeSigmaHits(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
  usage: readonly UsageRow[],
): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM sigma_hit WHERE host_id = ANY(${[...hostIds]}::int[]) AND day = ${day}::date`,
  )
  await copyRows(
    client,
    'sigma_hit',
    ['host_id', 'day', 'rule_id', 'signature_id', 'principal_id', 'events'],
    usage.flatMap(({ hostId, signatureId, principalId, sigma }) =>
      sigma.map(({ id, events }) => [hostId, day, id, signatureId, principalId, events]),
    ),
  )
}
