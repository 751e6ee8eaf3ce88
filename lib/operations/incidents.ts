import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import type { IncidentEffect } from '@/lib/pipeline/deviation/incident'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { seesAllOfRuling } from '@/lib/store/deviations'
import { findHostsByName } from '@/lib/store/hosts-by-name'
import { measureIncident, queueIncident } from '@/lib/store/incidents'
import { pool } from '@/lib/store/pool'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'
import { audited } from './audited'
import { checked } from './checked'

const Day = z.iso.date('Give a day as YYYY-MM-DD.')
const Ids = z.array(z.int().positive()).min(1, 'Choose hosts or groups.').max(10_000, 'At most 10,000 hosts.')

const Incident = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'Give the incident a name.')
      .max(100, 'A name has at most 100 characters.'),
    note: z.string().trim().max(4000, 'A note has at most 4,000 characters.').default(''),
    scope: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('groups'), ids: Ids }),
      z.object({ kind: z.literal('hosts'), ids: Ids }),
      // as people write them: any name of a host
      z.object({
        kind: z.literal('names'),
        names: z.array(z.string().max(300)).max(10_000, 'At most 10,000 hosts.'),
      }),
    ]),
    from: Day,
    /** The last day, included; null = it goes on. */
    to: Day.nullable(),
    /** Whose baseline judges the window; null = the fleet's. */
    groupId: z.int().positive().nullable(),
  })
  .refine(({ from, to }) => to === null || from <= to, 'It would end before it begins.')
  .refine(
    ({ scope, groupId }) => scope.kind !== 'groups' || groupId === null || !scope.ids.includes(groupId),
    'Compare with a group that the incident leaves out: its own baseline is what is in doubt.',
  )
export type IncidentDraft = z.input<typeof Incident>

const Target = z.object({ id: z.int().positive(), version: z.int().min(0) })
/** `version`: of the incident as it was read. */
export type IncidentTarget = z.input<typeof Target>

/**
 * What an incident would take back and judge anew, before it is declared.
 * @throws ExpectedError 'forbidden', 'invalid-input' or 'not-found'
 */
export async function previewIncident(actor: Actor, submitted: IncidentDraft): Promise<IncidentEffect> {
  const { scope, from, to } = await checkedIncident(actor, submitted)
  return await measureIncident(pool(), scope, { from, to })
}

/**
 * Marks a window of some hosts as not in their owner's hands. Its days teach nothing, from the first one on, and are judged by another
 * group's baseline instead of the hosts' own past; scores follow. Answers its id.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'not-found' when hosts or groups are gone or may not be seen
 */
export async function declareIncident(actor: Actor, submitted: IncidentDraft): Promise<number> {
  const incident = await checkedIncident(actor, submitted)
  const { name, note, scope, from, to, groupId } = incident
  const { id } = await audited(
    actor,
    ({ id, hosts }: { id: number; hosts: number }) => ({
      action: 'incident-declared',
      subjectKind: 'incident',
      subjectId: String(id),
      detail: { name, note, scope, from, to, comparedWith: groupId, hosts },
    }),
    async (tx) => {
      const created = await tx.incident.create({
        data: {
          name,
          note: note || null,
          scope,
          fromDay: toDate(from),
          toDay: to === null ? null : toDate(to),
          groupId,
          accountId: actor.kind === 'account' ? actor.accountId : null,
        },
        select: { id: true },
      })
      return { id: created.id, hosts: await queueIncident(tx, scope, from) }
    },
  )
  return id
}

const End = Target.extend({ to: Day })

/**
 * Says which day was an incident's last: the days after it teach and are judged as usual again, also those that were computed already.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function endIncident(actor: Actor, submitted: z.input<typeof End>): Promise<void> {
  const { id, version, to } = checked(End, submitted)
  const incident = await getIncident(actor, { id, version })
  if (to < incident.from) throw new ExpectedError('invalid-input', 'It would end before it begins.')
  const changed = [incident.to, to].filter((day) => day !== null).sort()[0] ?? to
  await audited(
    actor,
    {
      ...subjectOf(incident),
      action: 'incident-ended',
      detail: { name: incident.name, before: incident.to, to },
    },
    async (tx) => {
      await changeIncident(tx, { id, version }, { toDay: toDate(to) })
      await queueIncident(tx, incident.scope, changed)
    },
  )
}

/**
 * Takes an incident back, as if it had never been declared: its window teaches and is judged as usual.
 * @throws ExpectedError 'forbidden', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function withdrawIncident(actor: Actor, submitted: IncidentTarget): Promise<void> {
  const target = checked(Target, submitted)
  const incident = await getIncident(actor, target)
  await audited(
    actor,
    { ...subjectOf(incident), action: 'incident-withdrawn', detail: { name: incident.name } },
    async (tx) => {
      await changeIncident(tx, target, { withdrawnAt: now() })
      await queueIncident(tx, incident.scope, incident.from)
    },
  )
}

function subjectOf({ id }: { id: number }) {
  return { subjectKind: 'incident', subjectId: String(id) }
}

/** The draft, if it makes sense and concerns only what the actor may see. */
async function checkedIncident(actor: Actor, submitted: IncidentDraft) {
  requirePermission(actor, 'declare-incident')
  const incident = checked(Incident, submitted)
  // its baseline is shown beside what it judges
  const compared = incident.groupId === null ? [] : [{ kind: 'groups' as const, ids: [incident.groupId] }]
  // sight first: whether there is what somebody may not see is not theirs to ask
  for (const named of [incident.scope, ...compared])
    if (named.kind !== 'names') await requireSightOf(actor, named)
  const scope = await toStoredScope(actor, incident.scope)
  const groupIds = new Set([
    ...(scope.kind === 'groups' ? scope.ids : []),
    ...(incident.groupId === null ? [] : [incident.groupId]),
  ])
  if ((await prisma().hostGroup.count({ where: { id: { in: [...groupIds] } } })) < groupIds.size)
    throw new ExpectedError('not-found', 'There is no such host group any more.')
  if (incident.scope.kind === 'names') await requireSightOf(actor, scope)
  return { ...incident, scope }
}

type StoredScope = Exclude<TriageScope, { kind: 'fleet' }>

/** @throws ExpectedError 'not-found' naming hosts that do not exist or that the actor may not see */
async function toStoredScope(actor: Actor, scope: z.output<typeof Incident>['scope']): Promise<StoredScope> {
  if (scope.kind === 'groups') return scope
  if (scope.kind === 'hosts') {
    const found = await prisma().host.count({ where: { id: { in: scope.ids } } })
    if (found < new Set(scope.ids).size) throw new ExpectedError('not-found', 'One of the hosts is gone.')
    return scope
  }
  const { ids, unknown } = await findHostsByName(actor.scope, scope.names)
  if (unknown.length > 0)
    throw new ExpectedError(
      'not-found',
      `No host that you may see is called ${unknown.slice(0, 5).join(', ')}.`,
    )
  if (ids.length === 0) throw new ExpectedError('invalid-input', 'Name at least one host.')
  return { kind: 'hosts', ids }
}

async function requireSightOf(actor: Actor, scope: TriageScope): Promise<void> {
  if (!(await seesAllOfRuling(pool(), actor.scope, scope)))
    throw new ExpectedError(
      'forbidden',
      'It concerns hosts or groups that do not exist or that you may not see.',
    )
}

async function getIncident(actor: Actor, { id, version }: z.output<typeof Target>) {
  requirePermission(actor, 'declare-incident')
  const found = await prisma().incident.findUnique({ where: { id } })
  if (found === null) throw new ExpectedError('not-found', 'There is no such incident.')
  // the column is only written from Incident
  const scope = found.scope as TriageScope
  await requireSightOf(actor, scope)
  if (found.version !== version || found.withdrawnAt !== null) throw new ExpectedError('conflict', CHANGED)
  return { id, name: found.name, scope, from: toText(found.fromDay), to: found.toDay && toText(found.toDay) }
}

const CHANGED = 'Somebody else changed this incident meanwhile: look at it as it is now.'

async function changeIncident(
  tx: PrismaTransaction,
  { id, version }: z.output<typeof Target>,
  change: { toDay?: Date; withdrawnAt?: Date },
): Promise<void> {
  const { count } = await tx.incident.updateMany({
    where: { id, version, withdrawnAt: null },
    data: { ...change, version: { increment: 1 } },
  })
  if (count === 0) throw new ExpectedError('conflict', CHANGED)
}

function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function toText(day: Date): string {
  return day.toISOString().slice(0, 10)
}
