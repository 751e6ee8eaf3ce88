import type { Scope } from '@/lib/pipeline/actor'
import { dayNumber } from '@/lib/pipeline/days'
import { gatherHosts, type HostsByGroup } from '@/lib/pipeline/decision/gather-hosts'
import { eachPackedDays } from '@/lib/store/packed-uses'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { remembered } from '../remembered'
import { type BinaryView, ofHosts } from './view'

/** Who used it in view. Patterns, parents and accounts go by the ids that signatures and use have of them; `null` and '0' = not reported. */
export type HostsInView = {
  /** Hosts that used it, with their executions. */
  executions: ReadonlyMap<number, number>
  hostsOf: (
    of: 'pattern' | 'parent' | 'user',
    id: string | null,
  ) => { hosts: number; groups: Record<string, number> }
  /** On how many days in view an account used it. */
  daysOf: (account: string | null) => number
}

/** Ids of printed names and of the accounts that they stand for, the least of one account's printings; a name that stands for itself is not among them. */
type Printing = { printed: string; id: string }

/** Names are keyed one by one, which takes as long as all else of a rare binary: what all binaries ask alike is remembered. */
const PRINTINGS_SLOW_MS = 20

export async function loadPrintings(): Promise<Printing[]> {
  const found = await remembered(
    'printings of accounts',
    { kind: 'all' },
    null,
    () =>
      rows<Printing>(
        pool(),
        sql`SELECT printed, id FROM (SELECT id AS printed, min(id) OVER (PARTITION BY account_key(name, sid)) AS id FROM principal) account
            WHERE printed <> id`,
      ),
    { slowMs: PRINTINGS_SLOW_MS, oldestMs: 0 },
  )
  return found.value
}

type Kind = { id: string; pattern: string | null; parent: string | null }

/** Reads the days of all its use in view once, host by host. */
export async function loadHostsOfUse(scope: Scope, view: BinaryView): Promise<HostsInView> {
  const [kinds, members, printings] = await Promise.all([
    rows<Kind>(
      pool(),
      sql`SELECT id, pattern_id AS pattern, feature_ids[3] AS parent FROM signature WHERE entry_id = ${view.entryId}`,
    ),
    rows<{ host_id: number; id: number; name: string }>(
      pool(),
      sql`SELECT m.host_id, g.id, g.name FROM host_group_member m JOIN host_group g ON g.id = m.group_id WHERE m.valid_to IS NULL`,
    ),
    loadPrintings(),
  ])
  const groups = new Map(members.map(({ host_id, id }) => [host_id, id]))
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const accounts = new Map(printings.map(({ printed, id }) => [printed, id]))
  const [patterns, parents] = [placesOf(kinds, 'pattern'), placesOf(kinds, 'parent')]
  const { take, hosts } = gatherHosts({
    kindIds: kinds.map(({ id }) => id),
    pattern: patterns.of,
    parent: parents.of,
    first: dayNumber(view.window.from),
    last: dayNumber(view.window.to),
    groupOf: (hostId) => groups.get(hostId) ?? 0,
    accountOf: (principalId) => accounts.get(principalId) ?? principalId,
  })
  await eachPackedDays(
    sql`entry_id = ${view.entryId} ${ofHosts(scope, view, sql`host_id`)} ORDER BY entry_id, host_id, principal_id`,
    take,
  )
  const counted = hosts()
  const found = {
    pattern: (id: string | null) => counted.patterns.get(patterns.places.get(id) ?? -1),
    parent: (id: string | null) => counted.parents.get(parents.places.get(id) ?? -1),
    user: (id: string | null) => counted.accounts.get(id ?? '0'),
  }
  return {
    executions: counted.executions,
    hostsOf: (of, id) => named(found[of](id), names),
    daysOf: (account) => counted.daysOf(account ?? '0'),
  }
}

/** Distinct values of kinds, numbered. */
function placesOf(kinds: readonly Kind[], of: 'pattern' | 'parent') {
  const places = new Map<string | null, number>()
  for (const kind of kinds) if (!places.has(kind[of])) places.set(kind[of], places.size)
  return { places, of: kinds.map((kind) => places.get(kind[of]) ?? -1) }
}

function named(byGroup: HostsByGroup | undefined, names: ReadonlyMap<number, string>) {
  const groups: Record<string, number> = {}
  let hosts = 0
  for (const [id, count] of byGroup ?? []) {
    const name = names.get(id)
    if (name !== undefined) groups[name] = count
    hosts += count
  }
  return { hosts, groups }
}
