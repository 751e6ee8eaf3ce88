import type { z } from 'zod'
import type { Actor } from '@/lib/pipeline/actor'
import { changeDeviation } from '@/lib/store/triage'
import { audited } from './audited'
import { checked } from './checked'
import {
  changedMeanwhile,
  DeviationTarget,
  getDeviation,
  requireTriage,
  TriageNote,
} from './triage-deviation'

const Comment = DeviationTarget.extend({ note: TriageNote.min(1, 'Write something first.') })

/**
 * Notes something on a deviation: its latest note shows in the list, all of them in its history.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function commentDeviation(actor: Actor, submitted: z.input<typeof Comment>): Promise<void> {
  const person = requireTriage(actor)
  const comment = checked(Comment, submitted)
  const deviation = await getDeviation(person, comment)
  await audited(
    actor,
    {
      action: 'deviation-noted',
      subjectKind: 'deviation',
      subjectId: deviation.id,
      detail: { note: comment.note },
    },
    async (tx) => {
      if (!(await changeDeviation(tx, deviation, { note: comment.note })))
        throw await changedMeanwhile(deviation.id)
    },
  )
}
