import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { type LoadPlan, planLoad } from '@/lib/pipeline/sigma/plan-load'
import { pool } from '@/lib/store/pool'
import {
  deleteSigmaRules,
  ensureSigmaSet,
  findSigmaVersion,
  findSigmaVersionIn,
  loadStoredRules,
  queueSigmaDays,
  storeSigmaRules,
} from '@/lib/store/sigma'
import { audited } from '../audited'
import { checked } from '../checked'
import { readRuleFiles } from './read-rule-files'

const Target = z.object({
  /** Rules that are replaced together. */
  set: z.string().trim().min(1, 'Name the rule set.').max(120, 'A name has at most 120 characters.'),
  /** Whether rules of the set that the files do not hold are removed. */
  replace: z.boolean(),
  /** File or folder, for the list. */
  source: z.string().trim().max(260),
})
export type LoadTarget = z.input<typeof Target>

/** `version`: of the rules it was compared with, to be given back when loading. */
export type SigmaPreview = Omit<LoadPlan, 'store'> & { version: string }

/** What loading files would do. Nothing is changed. @throws ExpectedError 'forbidden' or 'invalid-input' */
export async function previewSigmaRules(
  actor: Actor,
  target: LoadTarget,
  bytes: Uint8Array,
): Promise<SigmaPreview> {
  requirePermission(actor, 'manage-sigma')
  const version = await findSigmaVersion(pool())
  const { store: _store, ...plan } = await compare(checked(Target, target), bytes)
  return { ...plan, version }
}

/**
 * Loads what the preview showed, and has past days computed again. @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when the
 * rules were changed since the preview of `version`
 */
export async function loadSigmaRules(
  actor: Actor,
  target: LoadTarget,
  bytes: Uint8Array,
  version: string,
): Promise<{ stored: number; removed: number }> {
  requirePermission(actor, 'manage-sigma')
  const { set, replace, source } = checked(Target, target)
  const { store, removed, refused } = await compare({ set, replace, source }, bytes)
  if (store.length + removed.length === 0)
    throw new ExpectedError(
      'invalid-input',
      'There is nothing to load: every rule is here already, or refused.',
    )
  const change = { at: now(), accountId: actor.kind === 'account' ? actor.accountId : null }
  await audited(
    actor,
    {
      action: 'sigma-rules-loaded',
      subjectKind: 'sigma-rules',
      subjectId: set,
      detail: {
        source,
        stored: store.map(({ rule }) => rule.id),
        removed: removed.map(({ id }) => id),
        refused: refused.length,
      },
    },
    async (tx) => {
      // one load at a time: what the preview showed is what happens
      await tx.$executeRaw`LOCK TABLE sigma_rule IN SHARE ROW EXCLUSIVE MODE`
      if ((await findSigmaVersionIn(tx)) !== version)
        throw new ExpectedError('conflict', 'The rules were changed meanwhile: look at the difference again.')
      const setId = await ensureSigmaSet(tx, { name: set, source, at: change.at })
      await storeSigmaRules(tx, setId, store, change)
      const unasked = await deleteSigmaRules(
        tx,
        removed.map(({ id }) => id),
        change,
      )
      await queueSigmaDays(tx, { asked: store.length > 0, unasked })
    },
  )
  return { stored: store.length, removed: removed.length }
}

async function compare({ set, replace }: z.output<typeof Target>, bytes: Uint8Array): Promise<LoadPlan> {
  const files = await readRuleFiles(bytes)
  return planLoad(await loadStoredRules(pool()), files, { setName: set, replace })
}
