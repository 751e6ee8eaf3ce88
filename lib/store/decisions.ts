import type { Role, Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { BlockedEntry } from '@/lib/pipeline/decision/controls'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { rolesWith } from '@/lib/pipeline/decision/permissions'
import { DecisionTermsSchema } from '@/lib/pipeline/decision/schemas'
import { type DecisionState, WAITING_STATES } from '@/lib/pipeline/decision/states'
import type { DecisionTerms } from '@/lib/pipeline/decision/terms'
import { scopeOf } from './accounts'
import { hiddenHost, seesAllOfRuling } from './deviations'
import type { Prisma, Decision as StoredDecision } from './generated/client'
import { pool } from './pool'
import type { PrismaTransaction } from './prisma'
import { type Db, findRow, sql } from './sql'

export type { StoredDecision }

/** The hosts a proposer sees are the hosts a proposal speaks of, unless they name fewer. */
export function toDecisionScope(scope: Scope): DecisionScope {
  return scope.kind === 'all' ? { kind: 'fleet' } : { kind: 'groups', ids: [...scope.groupIds] }
}

/** Whether one of the groups or hosts of a scope is not there any more. */
export async function isAnyGone(db: Db, scope: DecisionScope): Promise<boolean> {
  if (scope.kind === 'fleet') return false
  const places = scope.kind === 'groups' ? sql`host_group` : sql`host`
  const gone = await findRow(
    db,
    sql`SELECT 1 FROM unnest(${[...scope.ids]}::int[]) AS asked (id) WHERE NOT EXISTS (SELECT FROM ${places} p WHERE p.id = asked.id) LIMIT 1`,
  )
  return gone !== null
}

/**
 * Whether somebody sees every host that a decision speaks of. `tx`: of whoever has a connection already, and would wait for others like them if they
 * asked for a second one.
 */
export async function seesAllOf(
  scope: Scope,
  decision: DecisionScope,
  tx?: PrismaTransaction,
): Promise<boolean> {
  if (tx === undefined || decision.kind !== 'hosts') return await seesAllOfRuling(pool(), scope, decision)
  const { text, values } = hiddenHost(scope, decision.ids)
  return (await tx.$queryRawUnsafe<unknown[]>(text, ...values)).length === 0
}

/** Makes proposals of one binary wait for each other; null when there is no such binary. */
export async function lockEntry(
  tx: PrismaTransaction,
  slug: string,
): Promise<(BlockedEntry & { id: number }) | null> {
  const found = await tx.$queryRaw<(BlockedEntry & { id: number })[]>`
    SELECT id, slug, name, kind, platform, original_file_names AS "originalFileNames", paths
    FROM catalogue_entry WHERE slug = ${slug} FOR UPDATE`
  return found[0] ?? null
}

/** The role and the sight of an account as they are now, kept so until the transaction ends; null = there is none, or it is disabled. */
export async function lockActor(
  tx: PrismaTransaction,
  accountId: string,
): Promise<{ role: Role; scope: Scope } | null> {
  const found = await tx.$queryRaw<{ role: Role }[]>`
    SELECT role FROM account WHERE id = ${accountId}::uuid AND disabled_at IS NULL FOR SHARE`
  const [account] = found
  if (account === undefined) return null
  // in a statement of its own: one that waited for the lock sees other tables as they were before
  const groups = await tx.accountHostGroup.findMany({ where: { accountId }, select: { groupId: true } })
  return { role: account.role, scope: scopeOf(groups) }
}

/** Of some accounts, those that may decide about the whole fleet today; what they are is kept so until the transaction ends. */
export async function lockDeciders(
  tx: PrismaTransaction,
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM account a WHERE id = ANY(${[...accountIds]}::uuid[]) AND disabled_at IS NULL AND role = ANY(${[...rolesWith('decide')]}::text[])
      AND NOT EXISTS (SELECT FROM account_host_group g WHERE g.account_id = a.id) ORDER BY id FOR SHARE OF a`
  return new Set(found.map(({ id }) => id))
}

/** Names of those who let somebody stand in for them on a day. */
export async function listPrincipals(tx: PrismaTransaction, accountId: string, at: Date): Promise<string[]> {
  const found = await tx.delegation.findMany({
    where: { toId: accountId, endedAt: null, until: { gte: new Date(at.toISOString().slice(0, 10)) } },
    select: { from: { select: { name: true } } },
    orderBy: { id: 'asc' },
  })
  return found.map(({ from }) => from.name)
}

export type DecisionWithRings = Prisma.DecisionGetPayload<{ include: { rings: true; approvals: true } }>

/** A decision with its rings in order; null = there is none. */
export async function findStored(tx: PrismaTransaction, id: number): Promise<DecisionWithRings | null> {
  return await tx.decision.findUnique({
    where: { id },
    include: { rings: { orderBy: { position: 'asc' } }, approvals: true },
  })
}

/** What a stored decision says. @throws ZodError where somebody wrote another form by hand */
export function termsOf(decision: DecisionWithRings): DecisionTerms {
  return DecisionTermsSchema.parse({
    ...decision,
    reviewOn: toDay(decision.reviewOn),
    expiresOn: toDay(decision.expiresOn),
    rings: decision.rings.map(({ name, groupIds }) => ({ name, groupIds })),
  })
}

/** A day as Prisma reads one → 'YYYY-MM-DD'. */
export function toDay(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 10)
}

/** Terms as columns, rings left out. */
function toColumns({ rings: _rings, reviewOn, expiresOn, ...terms }: DecisionTerms) {
  return {
    ...terms,
    reviewOn: reviewOn === null ? null : new Date(reviewOn),
    expiresOn: expiresOn === null ? null : new Date(expiresOn),
  }
}

type Created = {
  entryId: number
  state: DecisionState
  proposedById: string
  proposedAt: Date
  evidence?: Evidence
  renewsId?: number | null
  batchId?: string
  lapsesAt?: Date
}

/** Writes a new decision with its rings; `ringSince`: they are enforced from then on (an emergency). Answers its id. */
export async function createDecision(
  tx: PrismaTransaction,
  terms: DecisionTerms,
  created: Created,
  ringSince?: Date,
): Promise<number> {
  const began = ringSince === undefined ? {} : { state: 'enforced', since: ringSince }
  const { id } = await tx.decision.create({
    data: {
      ...toColumns(terms),
      ...created,
      rings: { create: terms.rings.map((ring, position) => ({ ...ring, position, ...began })) },
    },
    select: { id: true },
  })
  return id
}

/** Replaces what a draft says, if it is still as it was read. */
export async function rewriteDraft(
  tx: PrismaTransaction,
  read: Pick<StoredDecision, 'id' | 'version'>,
  terms: DecisionTerms,
): Promise<boolean> {
  const { count } = await tx.decision.updateMany({
    where: { id: read.id, version: read.version, state: 'draft' },
    data: { ...toColumns(terms), version: { increment: 1 } },
  })
  if (count === 0) return false
  await tx.decisionRing.deleteMany({ where: { decisionId: read.id } })
  await tx.decisionRing.createMany({
    data: terms.rings.map((ring, position) => ({ ...ring, position, decisionId: read.id })),
  })
  return true
}

type Change = Partial<
  Pick<
    StoredDecision,
    'decidedById' | 'decidedAt' | 'comment' | 'proposedAt' | 'reviewOn' | 'expiresOn' | 'lapsesAt'
  >
> & { evidence?: Evidence; decidedEvidence?: Evidence; scope?: DecisionScope; proposedScope?: DecisionScope }

/** Moves a decision on, if it is still as it was read: false means that somebody else was faster. The state may stay the same. */
export async function moveDecision(
  tx: PrismaTransaction,
  read: Pick<StoredDecision, 'id' | 'state' | 'version'>,
  to: DecisionState,
  change: Change = {},
): Promise<boolean> {
  const { count } = await tx.decision.updateMany({
    where: { id: read.id, state: read.state, version: read.version },
    data: { state: to, version: { increment: 1 }, ...change },
  })
  return count === 1
}

/** Scopes of the binary's decisions that wait for a manager. */
export async function listWaitingScopes(tx: PrismaTransaction, entryId: number): Promise<DecisionScope[]> {
  const waiting = await tx.decision.findMany({
    where: { entryId, state: { in: [...WAITING_STATES] } },
    select: { scope: true },
  })
  return waiting.map(({ scope }) => scope as DecisionScope)
}

export type EndedEmergency = {
  id: number
  state: 'expired' | 'rejected' | 'withdrawn'
  scope: DecisionScope
  lapsesAt: Date
}

/** Emergency blocks of a binary that began since and that nobody approved, the latest first. */
export async function listEndedEmergencies(
  tx: PrismaTransaction,
  entryId: number,
  since: Date,
): Promise<EndedEmergency[]> {
  const ended = await tx.decision.findMany({
    where: {
      entryId,
      proposedAt: { gte: since },
      lapsesAt: { not: null },
      OR: [{ state: { in: ['rejected', 'withdrawn'] } }, { state: 'expired', decidedAt: null }],
    },
    select: { id: true, state: true, scope: true, lapsesAt: true },
    orderBy: { id: 'desc' },
  })
  return ended as EndedEmergency[]
}
