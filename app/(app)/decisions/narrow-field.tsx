'use client'

import { useEffect, useState } from 'react'
import { WhatIfResult } from '@/components/decision/what-if-result'
import { type ActionAnswer, answerOf } from '@/components/ui/action-answer'
import { Checkbox } from '@/components/ui/field'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'
import { narrowedAction } from './actions'
import type { Narrowed } from './load-narrowed'

type NarrowFieldProps = {
  decisionId: number
  narrowable: Narrowable
  chosen: readonly number[]
  onChange: (chosen: number[]) => void
}

/** Where an approval lets a decision hold, if not everywhere it was proposed for, with what it would interrupt there. */
export function NarrowField({
  decisionId,
  narrowable: { kind, choices },
  chosen,
  onChange,
}: NarrowFieldProps) {
  const answer = useNumbers(decisionId, kind, chosen)
  return (
    <fieldset>
      <legend className="mb-1 font-medium">
        Only for some {kind === 'groups' ? 'host groups' : 'hosts'}
      </legend>
      <div className="grid max-h-40 gap-x-4 overflow-y-auto rounded border p-2 sm:grid-cols-2">
        {choices.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          />
        ))}
      </div>
      <p className="mt-1 text-muted text-small">
        None: everywhere, as proposed. What is left out can be proposed again.
      </p>
      {chosen.length > 0 && (
        <div className="mt-2" aria-live="polite">
          <Numbers answer={answer} />
        </div>
      )}
    </fieldset>
  )
}

type Answer = ActionAnswer<Narrowed>

function Numbers({ answer }: { answer: Answer | null }) {
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
function useNumbers(id: number, kind: Narrowable['kind'], chosen: readonly number[]): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const ids = [...chosen].sort((a, b) => a - b).join()
  useEffect(() => {
    setAnswer(null)
    if (ids === '') return
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
