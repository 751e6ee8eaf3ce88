import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Scope } from '@/lib/pipeline/actor'
import type { EntryKind } from '@/lib/pipeline/catalogue/entry'
import type { Block, DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { INDISPENSABLE_SLUGS } from '@/lib/pipeline/decision/indispensable'
import { problemOfRings, ringsWithHosts } from '@/lib/pipeline/decision/narrowing'
import { EVERYTHING_ELSE, type RingPlan } from '@/lib/pipeline/decision/rings'
import { seesAllOf, toDecisionScope } from '@/lib/store/decisions'
import { findHostsByName, type NamedHosts } from '@/lib/store/hosts-by-name'
import { pool } from '@/lib/store/pool'
import { loadFleet, rolloutHosts } from '@/lib/store/rollout-hosts'
import { inScope } from '@/lib/store/scope'
import { COUNTED, LEADING_DECISION } from '@/lib/store/screens/binaries'
import { type DecisionSettings, loadSetting } from '@/lib/store/settings'
import { findRow, rows, sql } from '@/lib/store/sql'
import { loadEvidenceSeen } from './known-evidence'

export type Choice = { id: number; name: string }
export type PersonChoice = { id: string; name: string; role: string }

/** People who may answer for a decision, by name. */
export async function listOwners(): Promise<PersonChoice[]> {
  return await rows<PersonChoice>(
    pool(),
    sql`SELECT id, name, role FROM account WHERE disabled_at IS NULL AND role <> 'viewer' ORDER BY name, id`,
  )
}

export type EntryFacts = {
  id: number
  slug: string
  name: string
  kind: EntryKind
  platform: 'windows' | 'macos'
  originalFileNames: string[]
  paths: string[]
}

/** What the form has to know of a binary; null = the catalogue has none. */
export async function findEntryFacts(slug: string): Promise<EntryFacts | null> {
  return await findRow<EntryFacts>(
    pool(),
    sql`SELECT id, slug, name, kind, platform, original_file_names AS "originalFileNames", paths FROM catalogue_entry WHERE slug = ${slug}`,
  )
}

/** What is known today of a binary's use on the hosts that somebody sees. */
export async function loadEntryEvidence(
  scope: Scope,
  entry: { id: number; slug: string },
): Promise<Evidence> {
  return await loadEvidenceSeen(toDecisionScope(scope), entry)
}

/** The same where a decision is to hold. @throws ExpectedError 'forbidden' where somebody does not see all of it */
export async function loadEvidenceThere(
  scope: Scope,
  entry: { id: number; slug: string },
  where: DecisionScope,
): Promise<Evidence> {
  if (!(await seesAllOf(scope, where)))
    throw new ExpectedError('forbidden', 'These are hosts that you may not see.')
  return await loadEvidenceSeen(where, entry)
}

/** Hosts in sight by any of their names, and the names that fit none. */
export async function findHosts(scope: Scope, names: readonly string[]): Promise<NamedHosts> {
  return await findHostsByName(scope, names)
}

/** The single hosts in sight that a decision may name, by name: all of them, however few of them it may name at once. */
export async function listHostChoices(scope: Scope): Promise<Choice[]> {
  return await rows<Choice>(
    pool(),
    sql`SELECT h.id, h.name FROM host h WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ${inScope(scope, sql`h.id`)}
        ORDER BY h.name, h.id`,
  )
}

/** How decisions are made, today. */
export async function readDecisionSettings(): Promise<DecisionSettings> {
  return await loadSetting(pool(), 'decisions', today())
}

/** Names of hosts by id, as exceptions and scopes show them: of those in sight, a merged one by the name of the one it was merged into. */
export async function listHostNames(scope: Scope, ids: readonly number[]): Promise<Choice[]> {
  return await rows<Choice>(
    pool(),
    sql`SELECT k.id, h.name FROM host k JOIN host h ON h.id = coalesce(k.merged_into, k.id)
        WHERE k.id = ANY(${[...ids]}::int[]) ${inScope(scope, sql`h.id`)} ORDER BY h.name, k.id`,
  )
}

/** The rollout that was last used, to begin the next one with, as far as its rings hold hosts of `where` (null: of all in sight); null = all of them at once. */
export async function findLastRings(scope: Scope, where: Where | null): Promise<RingPlan | null> {
  const found = await rows<{ name: string; groupIds: number[] }>(
    pool(),
    sql`SELECT name, group_ids AS "groupIds" FROM decision_ring WHERE decision_id = (
          SELECT max(decision_id) FROM decision_ring WHERE position = 1) ORDER BY position`,
  )
  const known =
    scope.kind === 'all' || found.every(({ groupIds }) => groupIds.every((id) => scope.groupIds.includes(id)))
  if (found.length < 2 || !known) return null
  const block = where ?? { scope: toDecisionScope(scope), exceptions: [] }
  const hosts = rolloutHosts(await loadFleet(pool()), block, today())
  const fitting = ringsWithHosts(found, hosts).left
  if (hosts.length === 0 || fitting.length < 2) return null
  return fitting.map((ring) => (ring.groupIds.length === 0 ? { ...ring, name: EVERYTHING_ELSE } : ring))
}

type Where = Pick<Block, 'scope' | 'exceptions'>

/** What keeps a rollout from being proposed on the hosts of today; null = each of its rings has one. */
export async function findRingProblem({
  rings,
  ...where
}: Where & { rings: RingPlan }): Promise<string | null> {
  if (rings.length < 2) return null
  return problemOfRings(rings, rolloutHosts(await loadFleet(pool()), where, today()))
}

export type UnseenBinary = {
  id: number
  slug: string
  name: string
  description: string
  namedInMission: boolean
}

/** Counted binaries that never ran on a host in sight and that nobody decided on, without those that Windows needs. */
export async function listUnseen(scope: Scope): Promise<UnseenBinary[]> {
  return await rows<UnseenBinary>(
    pool(),
    sql`SELECT c.id, c.slug, c.name, c.description, c.named_in_mission AS "namedInMission" FROM catalogue_entry c
        WHERE ${COUNTED} AND c.platform = 'windows' AND c.slug <> ALL (${[...INDISPENSABLE_SLUGS]}::text[])
          AND NOT EXISTS (SELECT FROM usage u WHERE u.entry_id = c.id ${inScope(scope, sql`u.host_id`)})
          AND NOT EXISTS ${LEADING_DECISION}
        ORDER BY c.named_in_mission DESC, c.slug`,
  )
}

export type StandIn = { toId: string; to: string; until: string }

/** To whom somebody left what awaits them, and who left theirs to them, today. */
export async function findDelegations(
  accountId: string,
): Promise<{ given: StandIn | null; received: { from: string; until: string }[] }> {
  const [given, received] = await Promise.all([
    findRow<StandIn>(
      pool(),
      sql`SELECT d.to_id AS "toId", a.name AS to, d.until FROM delegation d JOIN account a ON a.id = d.to_id
          WHERE d.from_id = ${accountId}::uuid AND d.ended_at IS NULL AND d.until >= (now() AT TIME ZONE 'UTC')::date
            AND a.disabled_at IS NULL AND a.role IN ('manager', 'admin') ORDER BY d.id DESC LIMIT 1`,
    ),
    rows<{ from: string; until: string }>(
      pool(),
      sql`SELECT a.name AS from, d.until FROM delegation d JOIN account a ON a.id = d.from_id
          WHERE d.to_id = ${accountId}::uuid AND d.ended_at IS NULL AND d.until >= (now() AT TIME ZONE 'UTC')::date ORDER BY a.name`,
    ),
  ])
  return { given, received }
}
