import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { toViewQuery, VIEW_PAGES } from '@/lib/pipeline/saved-view'
import type { AccountActor } from '@/lib/store/accounts'
import { isUniqueViolation, type PrismaTransaction, prisma } from '@/lib/store/prisma'
import { audited } from './audited'
import { checked } from './checked'

const MAX_VIEWS = 100
const Name = z
  .string()
  .trim()
  .min(1, 'Give the view a name.')
  .max(80, 'A name has at most 80 characters.')
  .refine((name) => !name.includes('\0'), 'A name takes no NUL.')
const Query = z.string().max(8000, 'This has too many filters to be kept.').transform(toViewQuery)
const View = z.object({ page: z.enum(VIEW_PAGES), name: Name, query: Query, shared: z.boolean() })
const Change = z.object({ name: Name, query: Query, shared: z.boolean() }).partial()
const Target = z.object({ id: z.uuid('This is no view.'), version: z.int().min(0) })

/**
 * Keeps a page's filters and sorting under a name. Answers its id.
 * @throws ExpectedError 'invalid-input', 'conflict' when the actor has one of that name, or 'forbidden' to share without the right to triage
 */
export async function saveView(actor: AccountActor, submitted: z.input<typeof View>): Promise<string> {
  const view = checked(View, submitted)
  requireSharing(actor, view.shared)
  const { accountId } = actor
  if ((await prisma().savedView.count({ where: { accountId } })) >= MAX_VIEWS)
    throw new ExpectedError('invalid-input', `You have ${MAX_VIEWS} views: delete one first.`)
  return await named(() =>
    audited(
      actor,
      (id: string) => ({ action: 'view-saved', subjectKind: 'view', subjectId: id, detail: view }),
      async (tx) => (await tx.savedView.create({ data: { ...view, accountId }, select: { id: true } })).id,
    ),
  )
}

/**
 * Renames a view of the actor's, shares it or no longer, or gives it other filters.
 * @throws ExpectedError 'invalid-input', 'not-found', 'forbidden' as saveView, or 'conflict'
 */
export async function changeView(
  actor: AccountActor,
  target: z.input<typeof Target>,
  submitted: z.input<typeof Change>,
): Promise<void> {
  const { id, version } = checked(Target, target)
  const { name, query, shared } = checked(Change, submitted)
  const change = {
    ...(name !== undefined && { name }),
    ...(query !== undefined && { query }),
    ...(shared !== undefined && { shared }),
  }
  requireSharing(actor, shared === true)
  await requireOwn(actor, id)
  await named(() =>
    audited(
      actor,
      { action: 'view-changed', subjectKind: 'view', subjectId: id, detail: change },
      async (tx) => {
        const { count } = await tx.savedView.updateMany({
          where: { id, version, accountId: actor.accountId },
          data: { ...change, version: { increment: 1 } },
        })
        if (count === 0)
          throw new ExpectedError('conflict', 'This view was changed meanwhile: look at it as it is now.')
        if (shared === false) await tx.viewDefault.deleteMany({ where: othersDefaults(actor, id) })
      },
    ),
  )
}

/** Who opened the page with a view that is shared no longer gets it as delivered. */
function othersDefaults({ accountId }: AccountActor, viewId: string) {
  return { viewId, accountId: { not: accountId } }
}

/** @throws ExpectedError 'invalid-input' or 'not-found' */
export async function deleteView(actor: AccountActor, id: string): Promise<void> {
  const { name } = await requireOwn(actor, checked(Target.shape.id, id))
  await audited(
    actor,
    { action: 'view-deleted', subjectKind: 'view', subjectId: id, detail: { name } },
    async (tx) => {
      await tx.savedView.deleteMany({ where: { id, accountId: actor.accountId } })
    },
  )
}

/**
 * What the page's link opens for the actor: a view they may use, or (null) the page as delivered. Not audited: it changes nothing for others.
 * @throws ExpectedError 'invalid-input' or 'not-found'
 */
export async function setDefaultView(
  { accountId }: AccountActor,
  page: string,
  viewId: string | null,
): Promise<void> {
  const target = { accountId, page: checked(View.shape.page, page) }
  if (viewId === null) {
    await prisma().viewDefault.deleteMany({ where: target })
    return
  }
  const id = checked(Target.shape.id, viewId)
  const usable = { id, page: target.page, OR: [{ accountId }, { shared: true }] }
  await prisma().$transaction(async (tx: PrismaTransaction) => {
    if ((await tx.savedView.count({ where: usable })) === 0) throw noView()
    await tx.viewDefault.upsert({
      where: { accountId_page: target },
      create: { ...target, viewId: id },
      update: { viewId: id },
    })
  })
}

function requireSharing(actor: AccountActor, shared: boolean): void {
  if (shared) requirePermission(actor, 'triage')
}

async function requireOwn({ accountId }: AccountActor, id: string): Promise<{ name: string }> {
  const view = await prisma().savedView.findFirst({ where: { id, accountId }, select: { name: true } })
  if (view === null) throw noView()
  return view
}

function noView(): ExpectedError {
  return new ExpectedError('not-found', 'There is no such view of yours any more.')
}

/** A name is taken once. */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(error) : error
  }
}

function nameTaken(cause: unknown): ExpectedError {
  return new ExpectedError('conflict', 'You have a view of that name: choose another one.', { cause })
}
