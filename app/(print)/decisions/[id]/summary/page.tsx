import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { lowerFirst } from '@/app/(app)/binaries/[slug]/necessity-words'
import {
  evidenceWords,
  frozenWhen,
  replayInWords,
  suggestionsInWords,
  termsInWords,
  widerEvidenceInWords,
} from '@/app/(app)/decisions/[id]/decision-words'
import { exceptionNames } from '@/app/(app)/decisions/[id]/exception-names'
import { whatOf } from '@/app/(app)/decisions/[id]/exception-table'
import { InertText } from '@/components/command-line/inert-text'
import { EXCEPTION_KINDS } from '@/components/decision/block-words'
import { formatMinute } from '@/components/ui/time-format'
import { requireActor } from '@/lib/access/current-actor'
import { compareEvidence, type Listed } from '@/lib/pipeline/decision/evidence'
import { decisionSentence } from '@/lib/pipeline/decision/words'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { type DecisionDetail, loadDecision } from '@/lib/store/screens/decision/detail'
import { loadInterruption } from '@/lib/store/screens/decision/interruption'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Decision summary' }

/** One page for a change board: what is asked, on what evidence, how it is rolled out and undone. Made for paper. */
export default async function SummaryPage({ params }: Props) {
  const actor = await requireActor()
  const { id } = await params
  const decision = /^\d{1,9}$/.test(id) ? await loadDecision(actor.scope, Number(id), judgeOf(actor)) : null
  if (!decision) notFound()
  const [names, interrupted] = await Promise.all([
    exceptionNames(actor.scope, decision.exceptions),
    loadInterruption(decision, actor.scope),
  ])
  const replay = interrupted?.replayed?.replay
  const suggested = suggestionsInWords(decision)
  return (
    <main className="mx-auto max-w-[52rem] space-y-4 p-6 print:p-0">
      <header className="flex items-baseline justify-between gap-4 border-b pb-2">
        <h1 className="font-semibold text-title">
          Decision {decision.id}: {decision.binary}
        </h1>
        <span>{decision.ticket !== null && `Ticket ${decision.ticket}`}</span>
      </header>
      <p className="text-heading">
        {decisionSentence({ ...decision, exceptions: decision.exceptions.length })}.
      </p>
      <Facts decision={decision} />
      <Part title="Why">
        <p className="wrap-anywhere whitespace-pre-wrap">{decision.justification}</p>
      </Part>
      {replay && (
        <Part title="What it would interrupt">
          <p>Replayed over everything stored today: {lowerFirst(replayInWords(replay))}</p>
        </Part>
      )}
      {suggested.length > 0 && (
        <Part title="What the numbers suggest (no part of the proposal)">
          {suggested.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Part>
      )}
      {decision.evidence !== null && <EvidencePart decision={decision} />}
      {decision.verdict !== 'required' && (
        <>
          <Part title="Spared">
            <Exceptions decision={decision} names={names} />
          </Part>
          <Part title="Rollout and undoing">
            <ol className="list-decimal pl-5">
              {decision.rings.map((ring) => (
                <li key={ring.id}>
                  {ring.name}
                  {ring.groups.length > 0 && ` (${ring.groups.map(({ name }) => name).join(', ')})`}:{' '}
                  {ring.state}
                </li>
              ))}
            </ol>
            <p>
              Each ring is audited first where the control can, and can be taken back at any time by removing
              its policy; what still runs after enforcement raises an alarm.
            </p>
          </Part>
        </>
      )}
      <footer className="border-t pt-2 text-muted text-small">
        Printed {formatMinute(Date.now() * 1000)}. Numbers are as frozen when it was {frozenWhen(decision)}.
        “Now” is the day of printing.
      </footer>
    </main>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="break-inside-avoid">
      <h2 className="mb-1 font-semibold">{title}</h2>
      {children}
    </section>
  )
}

function Facts({ decision }: { decision: DecisionDetail }) {
  const facts = termsInWords(decision, formatMinute).filter(({ value }) => value !== null)
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-1">
      {facts.map(({ label, value }) => (
        <div key={label} className="flex gap-2">
          <dt className="w-28 shrink-0 text-muted">{label}</dt>
          <dd className="wrap-anywhere min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const TOP = 5

function EvidencePart({ decision }: { decision: DecisionDetail }) {
  const { evidence, now, changes, concerns } = decision
  if (evidence === null) return null
  const rows = compareEvidence(evidence, now)
  const wider = widerEvidenceInWords(decision)
  return (
    <Part
      title={`Evidence, ${evidence.window === null ? 'no telemetry' : `${evidence.window.from} to ${evidence.window.to}`}`}
    >
      {wider !== null && <p>{wider}</p>}
      {[...changes, ...concerns].map(({ key, words }) => (
        <p key={key}>• {words}</p>
      ))}
      <table className="my-1 w-full max-w-md">
        <thead>
          <tr>
            <th className="text-left font-medium text-muted">What</th>
            <th className="text-right font-medium text-muted">Then</th>
            <th className="text-right font-medium text-muted">Now</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <td>{row.label}</td>
              <td className="text-right">{evidenceWords(row, row.frozen)}</td>
              <td className="text-right">{evidenceWords(row, row.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Top label="Most used patterns" listed={evidence.topPatterns} />
      <Top label="Most frequent parents" listed={evidence.topParents} words={parentWords} />
    </Part>
  )
}

function Top({
  label,
  listed,
  words = String,
}: {
  label: string
  listed: readonly Listed[]
  words?: (name: string) => string
}) {
  if (listed.length === 0) return null
  return (
    <p className="wrap-anywhere">
      {label}:{' '}
      {listed.slice(0, TOP).map(({ name, executions }, at) => (
        <span key={name}>
          {at > 0 && '; '}
          <code>
            <InertText text={words(name) || '(no arguments)'} />
          </code>{' '}
          ({executions})
        </span>
      ))}
      {listed.length > TOP && ` and ${listed.length - TOP} more`}
    </p>
  )
}

function Exceptions({ decision, names }: { decision: DecisionDetail; names: ReadonlyMap<string, string> }) {
  if (decision.exceptions.length === 0) return <p>Nothing.</p>
  return (
    <ul className="list-disc pl-5">
      {decision.exceptions.map((one) => {
        const what = whatOf(one, names)
        return (
          <li key={`${one.kind} ${what}`} className="wrap-anywhere">
            {EXCEPTION_KINDS[one.kind]}{' '}
            <code>
              <InertText text={what} />
            </code>
            : {one.reason}
            {one.until !== null && ` (until ${one.until})`}
          </li>
        )
      })}
    </ul>
  )
}
