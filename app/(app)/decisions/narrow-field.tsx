'use client'

import { useEffect, useState } from 'react'
import { WhatIfResult } from '@/components/decision/what-if-result'
import { type ActionAnswer, answerOf } from '@/components/ui/action-answer'
import { Checkbox } from '@/components/ui/field'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'
import { narrowedAction } from './actions'
import type { Narrowed } from './load-narrowed'

/** Some places of one kind; at least one. */
export type Kept = { kind: Narrowable['kind']; ids: number[] }

type NarrowFieldProps = {
  decisionId: number
  /** At least one. */
  narrowable: readonly Narrowable[]
  chosen: Kept | null
  onChange: (chosen: Kept | null) => void
}

const KINDS = { groups: 'host groups', hosts: 'hosts' } as const

/** Where an approval lets a decision hold, if not everywhere it was proposed for, with what it would interrupt there. */
export function NarrowField({ decisionId, narrowable, chosen, onChange }: NarrowFieldProps) {
  const [shown, setShown] = useState(narrowable[0]?.kind)
  const { kind = 'groups', choices = [] } = narrowable.find((one) => one.kind === shown) ?? {}
  const ids = chosen?.ids ?? []
  const keep = (next: number[]) => onChange(next.length === 0 ? null : { kind, ids: next })
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Only for some {KINDS[kind]}</legend>
      {narrowable.length > 1 && (
        <div className="mb-1 flex flex-wrap gap-4">
          {narrowable.map((one) => (
            <label key={one.kind} className="inline-flex items-center gap-2">
              <input
                type="radio"
                name="narrowed to"
                checked={one.kind === kind}
                onChange={() => {
                  setShown(one.kind)
                  onChange(null)
                }}
                className="size-3.5 accent-(--accent-fill)"
              />
              {one.kind === 'groups' ? 'Host groups' : 'Single hosts'}
            </label>
          ))}
        </div>
      )}
      <div className="grid max-h-40 gap-x-4 overflow-y-auto rounded border p-2 sm:grid-cols-2">
        {choices.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={ids.includes(id)}
            onChange={(event) =>
              keep(event.target.checked ? [...ids, id] : ids.filter((other) => other !== id))
            }
          />
        ))}
      </div>
      <p className="mt-1 text-muted text-small">
        None: everywhere, as proposed. What is left out can be proposed again.
        {kind === 'hosts' &&
          narrowable.length > 1 &&
          ' Hosts that join a group later are not among them; those that leave it stay.'}
      </p>
      {chosen !== null && (
        <div className="mt-2" aria-live="polite">
          <Numbers decisionId={decisionId} chosen={chosen} />
        </div>
      )}
    </fieldset>
  )
}

type Answer = ActionAnswer<Narrowed>

function Numbers({ decisionId, chosen }: { decisionId: number; chosen: Kept }) {
  const answer = useNumbers(decisionId, chosen)
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
