'use client'

import { useEffect, useState } from 'react'
import { WhatIfResult } from '@/components/decision/what-if-result'
import { type ActionAnswer, answerOf } from '@/components/ui/action-answer'
import { Checkbox, Radio } from '@/components/ui/field'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'
import { narrowedAction } from './actions'
import type { Narrowed } from './load-narrowed'
import { type Kept, keptOf, type Narrowing, tick } from './narrowing'

type NarrowFieldProps = {
  decisionId: number
  /** At least one. */
  narrowable: readonly Narrowable[]
  narrowing: Narrowing
  onChange: (narrowing: Narrowing) => void
}

const LABELS = { all: 'Everywhere, as proposed', groups: 'Some host groups', hosts: 'Single hosts' } as const

/** Where an approval lets a decision hold: everywhere it was proposed for, or in some of it, with what it would interrupt there. */
export function NarrowField({ decisionId, narrowable, narrowing, onChange }: NarrowFieldProps) {
  const kinds = ['all' as const, ...narrowable.map(({ kind }) => kind)]
  const shown = narrowable.find(({ kind }) => kind === narrowing.kind)
  const kept = keptOf(narrowing, narrowable)
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Where it is to hold</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {kinds.map((kind) => (
          <Radio
            key={kind}
            name="narrowed to"
            label={LABELS[kind]}
            checked={kind === narrowing.kind}
            onChange={() => onChange({ ...narrowing, kind })}
          />
        ))}
      </div>
      {shown !== undefined && (
        <>
          <div className="mt-1 grid max-h-40 gap-x-4 overflow-y-auto rounded border p-2 sm:grid-cols-2">
            {shown.choices.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={narrowing.ticked[shown.kind].includes(id)}
                onChange={(event) => onChange(tick(narrowing, shown.kind, id, event.target.checked))}
              />
            ))}
          </div>
          <p className="mt-1 text-muted text-small">
            Tick at least one. What is left out can be proposed again.
            {shown.kind === 'hosts' &&
              narrowable.length > 1 &&
              ' Hosts that join a group later are not among them; those that leave it stay.'}
          </p>
        </>
      )}
      {kept !== null && kept.ids.length > 0 && (
        <div className="mt-2" aria-live="polite">
          <Numbers decisionId={decisionId} kept={kept} />
        </div>
      )}
    </fieldset>
  )
}

type Answer = ActionAnswer<Narrowed>

function Numbers({ decisionId, kept }: { decisionId: number; kept: Kept }) {
  const answer = useNumbers(decisionId, kept)
  if (answer === null) return <p className="text-muted">Counting what it would interrupt there …</p>
  if (!answer.ok) return <p>{answer.message}</p>
  const { numbers, dropped } = answer.value
  return (
    <>
      {dropped.length > 0 && (
        <p className="mb-2">
          {dropped.length === 1 ? 'A ring falls away' : 'Rings fall away'}, of which no host is left:{' '}
          {dropped.join(', ')}.
        </p>
      )}
      {numbers !== null && <WhatIfResult {...numbers} />}
    </>
  )
}

/** null = they are being counted. */
function useNumbers(id: number, { kind, ids: chosen }: Kept): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const ids = [...chosen].sort((a, b) => a - b).join()
  useEffect(() => {
    setAnswer(null)
    let closed = false
    const scope: DecisionScope = { kind, ids: ids.split(',').map(Number) }
    void answerOf(() => narrowedAction(id, scope)).then((answered) => {
      if (!closed) setAnswer(answered)
    })
    return () => {
      closed = true
    }
  }, [id, kind, ids])
  return answer
}
