import type pg from 'pg'
import { execute, raw, rows, sql } from '@/lib/store/sql'
import { spanOf } from './select-fresh'

/** What identifies a fact within its table: its time in µs, of which only the second counts. `formerId`: another by which it may be stored. */
export type FactKey = { hostId: number; rowId: string; us: number; formerId?: string | undefined }

/** A fact with its key, and the name that the key gives it. */
type Identified = { key: FactKey; name: string }

/**
 * The facts that are not stored yet in a table, each once. A record's identity names it to the second; exports of one record print its time
 * to different digits, so one within the same second is the same record, and the earliest print of it is taken. For whoever holds the hosts'
 * locks: nobody else adds rows of these hosts meanwhile. `fresh`: names of facts that are known not to be stored, which need not be asked for.
 */
export async function findFresh<T extends Identified>(
  client: pg.PoolClient,
  table: 'creation' | 'execution' | 'attempt',
  facts: readonly T[],
  fresh: ReadonlySet<string> = new Set(),
): Promise<T[]> {
  const each = onceEach(facts)
  const asked = each.filter(({ name }) => !fresh.has(name))
  if (asked.length === 0) return each
  const stored = await findStored(client, table, asked)
  const former = await findFormer(
    client,
    table,
    asked.filter((one) => !stored.has(one)),
  )
  return each.filter((one) => !stored.has(one) && !former.has(one))
}

/** Those that a release before stored by another key: what is stored by its own is not asked for again. */
async function findFormer<T extends Identified>(
  client: pg.PoolClient,
  table: string,
  facts: readonly T[],
): Promise<Set<T>> {
  const asked = facts.filter(({ key }) => key.formerId !== undefined)
  return asked.length === 0 ? new Set() : await findStored(client, table, asked, formerOf)
}

async function findStored<T extends Identified>(
  client: pg.PoolClient,
  table: string,
  asked: readonly T[],
  keyOf: (key: FactKey) => FactKey = (key) => key,
): Promise<Set<T>> {
  const keys = asked.map(({ key }) => keyOf(key))
  const { since, until } = spanOf(keys.map(({ us }) => us))
  // LATERAL … LIMIT keeps it an index look-up a row, and the span leaves out the partitions that cannot matter
  const known = await rows<{ ordinal: string }>(
    client,
    sql`SELECT k.ordinal FROM unnest(${literal(keys.map(({ hostId }) => hostId))}::int[], ${literal(keys.map(({ rowId }) => rowId))}::bigint[],
          ${literal(keys.map(secondOf))}::bigint[]) WITH ORDINALITY AS k(host_id, id, second, ordinal)
        CROSS JOIN LATERAL (
          SELECT FROM ${raw(table)} s WHERE s.host_id = k.host_id AND s.id = k.id
            AND s.occurred_at >= to_timestamp(k.second) AND s.occurred_at < to_timestamp(k.second + 1)
            AND s.occurred_at >= ${raw(`'${since}'`)} AND s.occurred_at <= ${raw(`'${until}'`)}
          LIMIT 1) stored`,
  )
  return new Set(known.flatMap(({ ordinal }) => asked[Number(ordinal) - 1] ?? []))
}

/** The key that a release before would have given. */
function formerOf(key: FactKey): FactKey {
  return { ...key, rowId: key.formerId ?? key.rowId }
}

/** Numbers as PostgreSQL's text of an array: thousands of them need no quoting. */
function literal(numbers: readonly (number | string)[]): string {
  return `{${numbers.join(',')}}`
}

/** The same for two prints of one fact. */
export function factName(key: FactKey): string {
  return `${key.hostId} ${key.rowId} ${secondOf(key)}`
}

function secondOf({ us }: FactKey): number {
  return Math.floor(us / 1_000_000)
}

function onceEach<T extends Identified>(facts: readonly T[]): T[] {
  const first = new Map<string, T>()
  for (const fact of facts) {
    const known = first.get(fact.name)
    if (known === undefined || fact.key.us < known.key.us) first.set(fact.name, fact)
  }
  return [...first.values()]
}

/** Takes out processes that are executions from now on: their programs were not in the catalogue when they arrived first. */
export async function forgetProcesses(client: pg.PoolClient, keys: readonly FactKey[]): Promise<void> {
  if (keys.length === 0) return
  const facts = keys.flatMap((key) => (key.formerId === undefined ? [key] : [key, formerOf(key)]))
  await execute(
    client,
    sql`DELETE FROM process p USING unnest(${literal(facts.map(({ hostId }) => hostId))}::int[], ${literal(facts.map(({ rowId }) => rowId))}::bigint[],
          ${literal(facts.map(secondOf))}::bigint[]) AS k(host_id, id, second)
        WHERE p.host_id = k.host_id AND p.id = k.id AND p.occurred_at >= to_timestamp(k.second) AND p.occurred_at < to_timestamp(k.second + 1)`,
  )
}
