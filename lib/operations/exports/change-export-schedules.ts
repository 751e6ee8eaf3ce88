import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import { checkWebhookUrl } from '@/lib/operations/notifications/send-webhook'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { RHYTHMS } from '@/lib/pipeline/export/rhythm'
import { queueRunIn } from '@/lib/store/export-schedules'
import { EXPORT_NAMES, readExportFilters } from '@/lib/store/exports/registry'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { exportSecret } from './send-export'

const MAX_SCHEDULES = 100

const Draft = z.object({
  name: z.string().trim().min(1, 'Give it a name.').max(100, 'This name is too long.'),
  export: z.enum(EXPORT_NAMES),
  /** The address of the page with its filters, or what follows the question mark. */
  filters: z.string().trim().max(4000, 'This address is too long.').default(''),
  gzip: z.boolean(),
  every: z.enum(RHYTHMS),
  hour: z.int().min(0).max(23),
  weekday: z.int().min(1).max(7),
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('folder'), folder: z.string() }),
    /** null = the address that is kept. */
    z.object({
      kind: z.literal('webhook'),
      url: z.string().trim().min(1, 'Give an address.').max(2000).nullable(),
    }),
  ]),
})
export type ScheduleDraft = z.input<typeof Draft>

const Known = z.object({ id: z.int().positive(), version: z.int().positive() })
export type KnownSchedule = z.input<typeof Known>

type Target = { folder: string; url: null; salt: null } | { folder: null; url: string; salt: string } | null

/**
 * Makes a schedule, or changes one (`known`); its first time is the next that is due. It is sent as long as the actor may schedule exports. Answers the secret that a new webhook's receiver checks signatures with, shown once; null = no new webhook.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when somebody changed it meanwhile
 */
export async function saveExportSchedule(
  actor: Actor,
  submitted: ScheduleDraft,
  known: KnownSchedule | null,
): Promise<string | null> {
  requirePermission(actor, 'schedule-exports')
  const { target: to, ...draft } = checked(Draft, submitted)
  const filters = readExportFilters(draft.export, draft.filters)
  const target = await readTarget(to)
  if (target === null && known === null) throw new ExpectedError('invalid-input', 'Give an address.')
  const savedById = actor.kind === 'account' ? actor.accountId : null
  const data = { ...draft, filters, ...target, activeFrom: now(), savedById }
  const id = await audited(
    actor,
    (saved: number) => ({
      action: known === null ? 'export-scheduled' : 'export-schedule-changed',
      subjectKind: 'export',
      subjectId: String(saved),
      detail: {
        ...draft,
        filters,
        // an address may hold a secret of the receiver's
        to: target === null ? 'as before' : (target.folder ?? new URL(target.url).host),
      },
    }),
    async (tx) => {
      if (known !== null) return await change(tx, checked(Known, known), data)
      if ((await tx.exportSchedule.count()) >= MAX_SCHEDULES)
        throw new ExpectedError('invalid-input', `There are ${MAX_SCHEDULES} schedules: remove one first.`)
      return (await tx.exportSchedule.create({ data })).id
    },
  )
  return target?.salt == null ? null : exportSecret(id, target.salt)
}

async function readTarget(to: z.output<typeof Draft>['target']): Promise<Target> {
  if (to.kind === 'webhook') {
    if (to.url === null) return null
    const { url } = await checkWebhookUrl(to.url)
    return { folder: null, url: url.toString(), salt: randomBytes(16).toString('base64url') }
  }
  if (!env('CORDON_EXPORT_FOLDERS').includes(to.folder))
    throw new ExpectedError('invalid-input', 'Choose a folder that CORDON_EXPORT_FOLDERS allows.')
  return { folder: to.folder, url: null, salt: null }
}

type Change = Parameters<PrismaTransaction['exportSchedule']['updateMany']>[0]['data']

async function change(
  tx: PrismaTransaction,
  { id, version }: z.output<typeof Known>,
  data: Change,
): Promise<number> {
  const { count } = await tx.exportSchedule.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  if (count > 0) return id
  const there = await tx.exportSchedule.count({ where: { id } })
  throw there === 0
    ? new ExpectedError('not-found', 'This schedule was removed.')
    : new ExpectedError('conflict', 'Somebody changed this schedule meanwhile: look at it again.')
}

/** Stops a schedule, or lets it go on with its next time. @throws ExpectedError as above */
export async function pauseExportSchedule(
  actor: Actor,
  known: KnownSchedule,
  paused: boolean,
): Promise<void> {
  requirePermission(actor, 'schedule-exports')
  const at = checked(Known, known)
  await audited(
    actor,
    {
      action: paused ? 'export-schedule-paused' : 'export-schedule-resumed',
      subjectKind: 'export',
      subjectId: String(at.id),
    },
    (tx) => change(tx, at, { paused, activeFrom: now() }),
  )
}

/** Removes a schedule and what is remembered of its runs; files that were written stay. @throws ExpectedError 'forbidden', 'not-found' */
export async function removeExportSchedule(actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'schedule-exports')
  await audited(
    actor,
    { action: 'export-schedule-removed', subjectKind: 'export', subjectId: String(id) },
    async (tx) => {
      const { count } = await tx.exportSchedule.deleteMany({ where: { id: checked(z.int(), id) } })
      if (count === 0) throw new ExpectedError('not-found', 'There is no such schedule.')
    },
  )
}

/** Has a schedule sent now, once, whether it is paused or not. @throws ExpectedError 'forbidden', 'not-found' */
export async function runExportSchedule(actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'schedule-exports')
  await audited(
    actor,
    { action: 'export-asked-for', subjectKind: 'export', subjectId: String(id) },
    async (tx) => {
      if ((await tx.exportSchedule.count({ where: { id: checked(z.int(), id) } })) === 0)
        throw new ExpectedError('not-found', 'There is no such schedule.')
      await queueRunIn(tx, id, now())
    },
  )
}
