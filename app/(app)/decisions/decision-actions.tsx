'use client'

import { useState } from 'react'
import { AUDIT_BEGUN } from '@/components/decision/audit-words'
import { Button, type ButtonVariant } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { Checkbox, TextareaField, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { EvidenceReason } from '@/lib/pipeline/decision/evidence-change'
import type { SentenceInput } from '@/lib/pipeline/decision/words'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'
import { decideAction, proposeAction, revokeAction, startAuditAction, withdrawAction } from './actions'
import type { OfferedMove } from './moves-of'
import { NarrowField, useNarrowing } from './narrow-field'
import { confirmedWords, type Kept, problemOf, sentenceThere } from './narrowing'

type Words = {
  button: string
  title: string
  effect: string
  done: string
  variant: ButtonVariant
  /** Whether saying why is asked for, and whether it has to be answered. */
  comment: 'none' | 'optional' | 'required'
}

const WORDS: Readonly<Record<OfferedMove, Words>> = {
  'start-audit': {
    button: 'Start audit',
    title: 'Start the audit',
    effect:
      'Policies then has the files to set on the hosts of its first ring, or on all where it has one ring. The control reports there what it would block, and blocks nothing. No approval is needed.',
    done: AUDIT_BEGUN,
    variant: 'secondary',
    comment: 'none',
  },
  propose: {
    button: 'Propose',
    title: 'Propose this decision',
    effect: 'What is known now of its use is kept with it, and a manager other than you decides.',
    done: 'Proposed: it waits for a manager.',
    variant: 'primary',
    comment: 'none',
  },
  approve: {
    button: 'Approve',
    title: 'Approve this decision',
    effect:
      'It stands from now on, and supersedes what was approved before for the same hosts. A block that is enforced there goes on until this one is enforced on all of them, unless this one keeps the binary allowed.',
    done: 'Approved.',
    variant: 'primary',
    comment: 'optional',
  },
  reject: {
    button: 'Reject',
    title: 'Reject this decision',
    effect: 'The binary stays as it was; another decision can be proposed.',
    done: 'Rejected.',
    variant: 'secondary',
    comment: 'required',
  },
  withdraw: {
    button: 'Withdraw',
    title: 'Withdraw this decision',
    effect:
      'Nobody can approve it any more; another one can be proposed. What is in audit or in force of it has to be undone on the hosts.',
    done: 'Withdrawn.',
    variant: 'secondary',
    comment: 'none',
  },
  revoke: {
    button: 'Revoke',
    title: 'Revoke this decision',
    effect:
      'It ends now and leaves the policies at their next export. What is enforced stays so on the hosts until it is undone there.',
    done: 'Revoked.',
    variant: 'secondary',
    comment: 'required',
  },
}

type DecisionActionsProps = {
  id: number
  version: number
  moves: readonly OfferedMove[]
  /** What it does and whom it interrupts, in a sentence: read again before it is approved. */
  summary?: string
  /** The same without numbers, for other places: an approval may narrow it. */
  sentence?: SentenceInput
  /** What of the evidence changed materially since it was proposed: an approval has to have seen it. */
  changes?: readonly EvidenceReason[]
  /** Its last day as proposed; null = until it is reviewed. */
  expiresOn?: string | null
  /** Where an approval may let it hold, among where it was proposed to; null = in all of it. */
  narrowable?: Narrowable | null
}

/** The moves somebody may make, each with its effect and a comment before it happens. */
export function DecisionActions({ moves, ...rest }: DecisionActionsProps) {
  const [open, setOpen] = useState<OfferedMove | null>(null)
  if (moves.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {moves.map((move) => (
        <Button key={move} variant={WORDS[move].variant} onClick={() => setOpen(move)}>
          {WORDS[move].button}…
        </Button>
      ))}
      {/* after a refusal too, as long as it can still be done */}
      {open !== null && moves.includes(open) && (
        <MoveDialog {...rest} move={open} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}

type MoveDialogProps = Omit<DecisionActionsProps, 'moves'> & { move: OfferedMove; onClose: () => void }

function MoveDialog({
  id,
  version,
  move,
  summary,
  sentence,
  changes = [],
  expiresOn = null,
  narrowable = null,
  onClose,
}: MoveDialogProps) {
  const { run, busy } = useAction()
  const { text: comment, setText: setComment, discard } = useDraft(`decision ${id} ${move}`)
  const [lastDay, setLastDay] = useState('')
  const { kept, ...chosen } = useNarrowing(id, narrowable)
  const [refusal, setRefusal] = useState<string | null>(null)
  const words = WORDS[move]
  const asked = move === 'approve' ? changes : []
  const submit = async () => {
    const problem = problemOf(kept)
    setRefusal(problem)
    if (problem !== null) return
    const said = {
      comment,
      seen: asked.map(({ key }) => key),
      lastDay: lastDay || null,
      scope: kept && { kind: kept.kind, ids: kept.ids },
    }
    const answer = await run(
      () => perform(move, { id, version }, said),
      words.done,
      confirmedWords(words.title, sentence, kept),
    )
    if (!answer.ok) return setRefusal(answer.message)
    discard()
    onClose()
  }
  return (
    <Dialog open onOpenChange={onClose} title={words.title} description={words.effect}>
      <DialogForm
        label={words.button}
        variant={move === 'approve' || move === 'propose' || move === 'start-audit' ? 'primary' : 'danger'}
        busy={busy}
        onSubmit={submit}
        onCancel={onClose}
      >
        {move === 'approve' && summary !== undefined && <p>{narrowedSentence(sentence, kept) ?? summary}</p>}
        {asked.length > 0 && <ChangedEvidence changes={asked} />}
        {words.comment !== 'none' && (
          <TextareaField
            label="Comment"
            required={words.comment === 'required'}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        )}
        {move === 'approve' && narrowable !== null && (
          <NarrowField
            {...chosen}
            decisionId={id}
            narrowable={narrowable}
            kept={kept}
            onChange={(next) => {
              chosen.onChange(next)
              setRefusal(null)
            }}
          />
        )}
        {move === 'approve' && (
          <TextField
            label="End it earlier"
            type="date"
            min={new Date().toISOString().slice(0, 10)}
            max={expiresOn ?? undefined}
            value={lastDay}
            onChange={(event) => setLastDay(event.target.value)}
            hint={`Its last day. Empty: as proposed, ${expiresOn ?? 'until it is reviewed'}`}
          />
        )}
        <Refusal words={refusal} />
      </DialogForm>
    </Dialog>
  )
}

/** What an approval has to have looked at. */
function ChangedEvidence({ changes }: { changes: readonly EvidenceReason[] }) {
  return (
    <div className="rounded border border-warn p-3">
      <p className="font-medium">The evidence changed since it was proposed</p>
      <ul className="my-1 list-disc pl-5">
        {changes.map((change) => (
          <li key={change.key}>{change.words}</li>
        ))}
      </ul>
      <Checkbox label="I looked at the evidence as it is now" required />
    </div>
  )
}

/** What it would do where it is to hold; null = the dialog's own words say it. */
function narrowedSentence(sentence: SentenceInput | undefined, kept: Kept | null): string | null {
  if (kept === null) return null
  if (kept.ids.length === 0) return 'Choose below where it is to hold.'
  return sentence === undefined ? null : `${sentenceThere(sentence, kept)}.`
}

/** Why it was not done: what was typed stays, to be mended. */
function Refusal({ words }: { words: string | null }) {
  return words === null ? null : (
    <p role="alert" className="text-bad">
      {words}
    </p>
  )
}

type Said = { comment: string; seen: string[]; lastDay: string | null; scope: DecisionScope | null }

function perform(
  move: OfferedMove,
  target: { id: number; version: number },
  { comment, seen, lastDay, scope }: Said,
) {
  switch (move) {
    case 'start-audit':
      return startAuditAction(target)
    case 'propose':
      return proposeAction(target)
    case 'approve':
      return decideAction({ ...target, move, comment, seen, lastDay, scope })
    case 'reject':
      return decideAction({ ...target, move, comment })
    case 'withdraw':
      return withdrawAction(target)
    case 'revoke':
      return revokeAction({ ...target, reason: comment })
  }
}
