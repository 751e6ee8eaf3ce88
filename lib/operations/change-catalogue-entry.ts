import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { type EntryRow, toColumns, writeRevision } from '@/lib/store/catalogue-changes'
import { enqueueJob } from '@/lib/store/jobs'
import { audited } from './audited'
import { CatalogueDraft } from './catalogue-draft'
import { checked } from './checked'

const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('retire') }),
  z.object({ kind: z.literal('restore') }),
  z.object({ kind: z.literal('turn-on') }),
  z.object({ kind: z.literal('turn-off') }),
  // the name is what an entry is recognised by: another name is another entry
  z.object({ kind: z.literal('edit'), values: CatalogueDraft.omit({ name: true }) }),
])
export type EntryChange = z.input<typeof Change>

const Target = z.object({
  slug: z.string().min(1).max(260),
  /** When the entry last changed, as the administrator read it: milliseconds since 1970. */
  updatedAtMs: z.number(),
})
export type EntryTarget = z.input<typeof Target>

const ACTIONS = {
  retire: 'catalogue-entry-retired',
  restore: 'catalogue-entry-restored',
  'turn-on': 'catalogue-entry-turned-on',
  'turn-off': 'catalogue-entry-turned-off',
  edit: 'catalogue-entry-edited',
} as const

/**
 * Changes one entry, keeps what it was before, and has the worker bring stored processes in line with it.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function changeCatalogueEntry(
  actor: Actor,
  target: EntryTarget,
  submitted: EntryChange,
): Promise<void> {
  requirePermission(actor, 'manage-catalogue')
  const { slug, updatedAtMs } = checked(Target, target)
  const change = checked(Change, submitted)
  const accountId = actor.kind === 'account' ? actor.accountId : null
  await audited(
    actor,
    {
      action: ACTIONS[change.kind],
      subjectKind: 'catalogue-entry',
      subjectId: slug,
      detail: change.kind === 'edit' ? { values: change.values } : {},
    },
    async (tx) => {
      const before = await tx.catalogueEntry.findUnique({ where: { slug } })
      if (!before) throw new ExpectedError('not-found', `The catalogue has no ${slug}.`)
      const { count } = await tx.catalogueEntry.updateMany({
        // to the millisecond: the database's own clock is finer than what was read
        where: { id: before.id, updatedAt: { gte: new Date(updatedAtMs), lt: new Date(updatedAtMs + 1) } },
        data: { ...dataOf(before, change), updatedAt: now() },
      })
      if (count === 0)
        throw new ExpectedError('conflict', `${before.name} was changed meanwhile: look at it as it is now.`)
      const after = await tx.catalogueEntry.findUniqueOrThrow({ where: { slug } })
      await writeRevision(tx, before, after, accountId)
      await enqueueJob(
        tx,
        { kind: 'rematch', entryIds: [before.id] },
        { title: before.name, actorName: actor.name },
      )
    },
  )
}

function dataOf(before: EntryRow, change: z.output<typeof Change>) {
  switch (change.kind) {
    case 'retire':
      return { retiredAt: now() }
    case 'restore':
      return { retiredAt: null }
    case 'turn-on':
      return { enabled: true }
    case 'turn-off':
      if (before.tier === 'baseline')
        throw new ExpectedError('invalid-input', 'Baseline entries are always on: retire it instead.')
      return { enabled: false }
    case 'edit': {
      const { name: _name, ...columns } = toColumns({ ...change.values, name: before.name })
      return columns
    }
  }
}
