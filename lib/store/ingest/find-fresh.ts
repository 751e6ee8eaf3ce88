import type pg from 'pg'
import { execute, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { FACTS, type KnownFact } from './overlap'
import { spanOf } from './select-fresh'

/** What identifies a fact within its table: its time in µs, of which only the second counts. `formerId`: another by which it may be stored. */
export type FactKey = { hostId: number; rowId: string; us: number; formerId?: string | undefined }

/** A fact with its key, and the name that the key gives it. */
type Identified = { key: FactKey; name: string }

/** `fresh`: facts that are not stored yet; `known`: the stored rows of the others, each once. */
type Found<T> = { fresh: T[]; known: Map<T, KnownFact> }

/** What may be asked for, and the place in FACTS of a row `s` of it. */
const ASKED = {
  creation: sql`CASE WHEN s.is_execution THEN ${FACTS.indexOf('execution')}::int ELSE ${FACTS.indexOf('process')}::int END`,
  execution: sql`${FACTS.indexOf('execution')}::int`,
  attempt: sql`${FACTS.indexOf('attempt')}::int`,
} satisfies Record<string, Sql>
type Asked = keyof typeof ASKED

/**
 * Tells the facts that are not stored yet in a table, each once, from those that are. A record's identity names it to the second; exports of one record print its time
 * to different digits, so one within the same second is the same record, and the earliest print of it is taken. For whoever holds the hosts'
 * locks: nobody else adds rows of these hosts meanwhile. `fresh`: names of facts that are known not to be stored, which need not be asked for.
 */
export async function findFresh<T extends Identified>(
  client: pg.PoolClient,
  table: Asked,
  facts: readonly T[],
  fresh: ReadonlySet<string> = new Set(),
): Promise<Found<T>> {
  const each = onceEach(facts)
  const asked = each.filter(({ name }) => !fresh.has(name))
  if (asked.length === 0) return { fresh: each, known: new Map() }
  const stored = await findStored(client, table, asked)
  const former = await findFormer(
    client,
    table,
    asked.filter((one) => !stored.has(one)),
  )
  const known = new Map([...stored, ...former])
  return { fresh: each.filter((one) => !known.has(one)), known }
}

/** Those that a release before stored by another key: what is stored by its own is not asked for again. */
async function findFormer<T extends Identified>(
  client: pg.PoolClient,
  table: Asked,
  facts: readonly T[],
): Promise<Map<T, KnownFact>> {
  const asked = facts.filter(({ key }) => key.formerId !== undefined)
  return asked.length === 0 ? new Map() : await findStored(client, table, asked, formerOf)
}

async function findStored<T extends Identified>(
  client: pg.PoolClient,
  table: Asked,
  asked: readonly T[],
  keyOf: (key: FactKey) => FactKey = (key) => key,
): Promise<Map<T, KnownFact>> {
  const keys = asked.map(({ key }) => keyOf(key))
  const { since, until } = spanOf(keys.map(({ us }) => us))
  // LATERAL … LIMIT keeps it an index look-up a row, and the span leaves out the partitions that cannot matter
  const known = await rows<StoredRow>(
    client,
    sql`SELECT k.ordinal, stored.* FROM unnest(${literal(keys.map(({ hostId }) => hostId))}::int[], ${literal(keys.map(({ rowId }) => rowId))}::bigint[],
          ${literal(keys.map(secondOf))}::bigint[]) WITH ORDINALITY AS k(host_id, id, second, ordinal)
        CROSS JOIN LATERAL (
          SELECT ${ASKED[table]} AS fact, s.import_file_id, s.alias_id, (s.occurred_at AT TIME ZONE 'UTC')::date AS day, s.id FROM ${raw(table)} s WHERE s.host_id = k.host_id AND s.id = k.id
            AND s.occurred_at >= to_timestamp(k.second) AND s.occurred_at < to_timestamp(k.second + 1)
            AND s.occurred_at >= ${raw(`'${since}'`)} AND s.occurred_at <= ${raw(`'${until}'`)}
          LIMIT 1) stored`,
  )
  return new Map(
    known.flatMap((row) => {
      const one = asked[Number(row.ordinal) - 1]
      return one === undefined ? [] : [[one, toKnown(row)] as const]
    }),
  )
}

type StoredRow = {
  ordinal: string
  fact: number
  import_file_id: number | null
  alias_id: number
  day: string
  id: string
}

function toKnown({ fact, import_file_id, alias_id, day, id }: StoredRow): KnownFact {
  return { fact: FACTS[fact] ?? 'execution', fileId: import_file_id, aliasId: alias_id, day, id }
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
