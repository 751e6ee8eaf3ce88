import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { toColumns, writeRevision } from '@/lib/store/catalogue-changes'
import { enqueueJob } from '@/lib/store/jobs'
import { audited } from './audited'
import { CatalogueDraft } from './catalogue-draft'
import { checked } from './checked'

const MAX_AT_ONCE = 2000
const Addition = z.object({
  origin: z.enum(['admin', 'lolbas']),
  drafts: z.array(CatalogueDraft).min(1, 'Choose what to add.').max(MAX_AT_ONCE),
})
export type Addition = z.input<typeof Addition>

/**
 * Adds entries to the catalogue; the worker makes past executions of those that count appear. Optional entries start turned off.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when the catalogue has one of them
 */
export async function addCatalogueEntries(actor: Actor, submitted: Addition): Promise<void> {
  requirePermission(actor, 'manage-catalogue')
  const { origin, drafts } = checked(Addition, submitted)
  const accountId = actor.kind === 'account' ? actor.accountId : null
  await audited(
    actor,
    {
      action: 'catalogue-entries-added',
      subjectKind: 'catalogue-entry',
      subjectId: drafts.length === 1 ? (drafts[0]?.name.toLowerCase() ?? '') : `${drafts.length} entries`,
      detail: { origin, names: drafts.map(({ name }) => name) },
    },
    async (tx) => {
      const added: number[] = []
      for (const draft of drafts) {
        const slug = draft.name.toLowerCase()
        if (await tx.catalogueEntry.findUnique({ where: { slug }, select: { id: true } }))
          throw new ExpectedError('conflict', `The catalogue already has ${draft.name}.`)
        const entry = await tx.catalogueEntry.create({
          data: { slug, ...toColumns(draft), enabled: draft.tier === 'baseline', origin, updatedAt: now() },
        })
        await writeRevision(tx, null, entry, accountId)
        added.push(entry.id)
      }
      const names = drafts.map(({ name }) => name)
      const title = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`
      await enqueueJob(tx, { kind: 'rematch', entryIds: added }, { title, actorName: actor.name })
    },
  )
}
