'use client'

import { useEffect, useRef, useState } from 'react'
import { answerOf } from '@/components/ui/action-answer'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { SelectField, TextareaField, TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { today } from '@/lib/clock'
import type { Judgement } from '@/lib/operations/triage-deviation'
import { addDays } from '@/lib/pipeline/days'
import { effectOfState } from '@/lib/pipeline/deviation/triage'
import {
  defaultScope,
  EXPECTED_DAYS,
  type PatternUse,
  planTriage,
  type TriageScopeKind,
} from '@/lib/pipeline/deviation/triage-plan'
import { previewAction } from './actions'
import type { Target } from './own-changes'
import { TriagePreview } from './triage-preview'
import type { RulingState } from './use-triage'

/** An item as the dialog names it. */
export type NamedTarget = Target & { title: string }

const TITLES: Record<RulingState, string> = {
  expected: 'Expected',
  'authorised-test': 'Authorised test',
  malicious: 'Malicious',
}
const MEANINGS: Record<RulingState, string> = {
  expected: 'This is normal here: it is explained, and counts as normal from then on.',
  'authorised-test': 'Somebody tested: it is explained, but nothing is learned from it.',
  malicious: 'This is an attack: it never counts as normal, and what was learned from it is taken back.',
}
const TERMS = [30, 90, EXPECTED_DAYS, 365] as const

type TriageDialogProps = {
  to: RulingState
  targets: readonly NamedTarget[]
  seesFleet: boolean
  /** Answers whether it was done; says by `refused` why not. */
  onConfirm: (judgement: Judgement, refused: (message: string) => void) => Promise<boolean>
  onClose: () => void
}

/** Asks where and how long a judgement holds, and shows what it would teach before it is done. */
export function TriageDialog({ to, targets, seesFleet, onConfirm, onClose }: TriageDialogProps) {
  const { uses, problem } = usePreview(targets)
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      width="wide"
      title={`${TITLES[to]}: ${countOf(targets.length, 'deviation')}`}
      description={MEANINGS[to]}
    >
      {problem !== null && <p role="alert">{problem}</p>}
      {problem === null && uses === null && (
        <div role="status" aria-label="Reading what is on record" className="space-y-2">
          <Skeleton className="h-7" />
          <Skeleton className="h-24" />
        </div>
      )}
      {uses !== null && (
        <TriageForm
          to={to}
          uses={uses}
          titles={targets.map(({ title }) => title)}
          seesFleet={seesFleet}
          onConfirm={onConfirm}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

function usePreview(targets: readonly Target[]): { uses: PatternUse[][] | null; problem: string | null } {
  const [uses, setUses] = useState<PatternUse[][] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let closed = false
    const ids = targets.map(({ id }) => id)
    void answerOf(() => previewAction(ids)).then((answer) => {
      if (closed) return
      if (answer.ok) setUses(answer.value)
      else setProblem(answer.message)
    })
    return () => {
      closed = true
    }
  }, [targets])
  return { uses, problem }
}

type TriageFormProps = Omit<TriageDialogProps, 'targets'> & {
  uses: PatternUse[][]
  titles: readonly string[]
}

function TriageForm({ to, uses, titles, seesFleet, onConfirm, onClose }: TriageFormProps) {
  const all = uses.flat()
  const [scope, setScope] = useState<TriageScopeKind>(() => firstScope(to, all, seesFleet))
  const [until, setUntil] = useState<string | null>(() => firstEnd(to, all))
  const { text: note, setText: setNote, discard } = useDraft(`triage ${titles.join(' ').slice(0, 200)}`)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const effect = effectOfState(to) ?? 'expected'
  const plans = uses.map((one) => planTriage(one, { effect, scope, until }))
  const confirm = async () => {
    setBusy(true)
    setRefusal(null)
    const done = await onConfirm({ to, scope, until, note }, setRefusal).finally(() => setBusy(false))
    if (!done) return
    discard()
    onClose()
  }
  return (
    <DialogForm
      label={to === 'malicious' ? 'It is malicious' : to === 'expected' ? 'It is expected' : 'It was a test'}
      variant={to === 'malicious' ? 'danger' : 'primary'}
      busy={busy}
      autoFocus
      disabled={plans.every(({ rulings }) => rulings.length === 0)}
      onSubmit={() => void confirm()}
      onCancel={onClose}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Where"
          value={scope}
          onChange={(event) => setScope(event.target.value as TriageScopeKind)}
          options={scopeOptions(all, to, seesFleet)}
        />
        <EndField to={to} until={until} setUntil={setUntil} />
      </div>
      <TextareaField
        label="Note"
        hint="For whoever asks why: a ticket, a name. It stays in the history."
        value={note}
        maxLength={4000}
        onChange={(event) => setNote(event.target.value)}
      />
      <TriagePreview to={to} plans={plans} titles={titles} uses={all} />
      {refusal !== null && <Refusal message={refusal} />}
    </DialogForm>
  )
}

/** Where the eyes are: what the corner says behind a dialog is neither seen nor read out. It takes the focus that the busy button lost. */
function Refusal({ message }: { message: string }) {
  const element = useRef<HTMLParagraphElement>(null)
  useEffect(() => element.current?.focus(), [])
  return (
    <p
      ref={element}
      role="alert"
      tabIndex={-1}
      className="rounded border border-bad bg-bad-soft px-3 py-2 outline-none"
    >
      {message}
    </p>
  )
}

type EndFieldProps = { to: RulingState; until: string | null; setUntil: (until: string | null) => void }

function EndField({ to, until, setUntil }: EndFieldProps) {
  if (to === 'malicious') return null
  if (to === 'authorised-test')
    return (
      <TextField
        label="Until, inclusive"
        type="date"
        required
        value={until ?? ''}
        onChange={(event) => setUntil(event.target.value || null)}
      />
    )
  return (
    <SelectField
      label="Until"
      value={until ?? ''}
      onChange={(event) => setUntil(event.target.value || null)}
      options={[
        ...TERMS.map((days) => ({ value: inDays(days), label: `${days} days, to ${inDays(days)}` })),
        { value: '', label: 'no end' },
      ]}
    />
  )
}

function inDays(days: number): string {
  return addDays(today(), days)
}

function firstScope(to: RulingState, uses: readonly PatternUse[], seesFleet: boolean): TriageScopeKind {
  if (to === 'malicious') return seesFleet ? 'fleet' : 'groups'
  return to === 'authorised-test' ? 'hosts' : defaultScope(uses)
}

/** A test ends with the last day on record; what is expected is looked at again in half a year. */
function firstEnd(to: RulingState, uses: readonly PatternUse[]): string | null {
  if (to === 'malicious') return null
  if (to === 'expected') return inDays(EXPECTED_DAYS)
  return uses.reduce((last, { lastDay }) => (lastDay > last ? lastDay : last), '') || inDays(0)
}

function scopeOptions(uses: readonly PatternUse[], to: RulingState, seesFleet: boolean) {
  const about = uses.filter(({ deviates }) => deviates || to === 'malicious')
  const hosts = new Set(about.map(({ hostName }) => hostName))
  const groups = new Set(about.flatMap(({ groupName }) => groupName ?? []))
  const [onlyHost] = hosts
  const here = hosts.size === 1 ? `${onlyHost} alone` : `the ${countOf(hosts.size, 'host')} that showed it`
  return [
    { value: 'hosts', label: here },
    ...(groups.size > 0
      ? [{ value: 'groups', label: `every host of ${[...groups].sort().join(', ')}` }]
      : []),
    ...(seesFleet ? [{ value: 'fleet', label: 'the whole fleet' }] : []),
  ]
}
