'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextareaField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { proposeAction } from '../../decisions/actions'

const PROPOSABLE_VERDICTS = ['safe-to-block', 'required'] as const
const WORDS = {
  'safe-to-block': { label: 'Safe to block', hint: 'Nothing normal here needs it' },
  required: { label: 'Required', hint: 'Normal work here needs it' },
} as const

/** Proposes a verdict with a note; the evidence of the moment is frozen with it. */
export function ProposalForm({ slug, again }: { slug: string; again: boolean }) {
  const { run, busy } = useAction()
  const [verdict, setVerdict] = useState<(typeof PROPOSABLE_VERDICTS)[number] | null>(null)
  const [justification, setJustification] = useState('')
  const submit = async () => {
    if (verdict === null) return
    const answer = await run(
      () => proposeAction({ slug, verdict, justification }),
      'Proposed: it waits for a manager.',
    )
    if (answer.ok) setJustification('')
  }
  return (
    <form
      className="mt-3 space-y-3 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">
          {again ? 'Propose another verdict' : 'Propose a verdict'}
        </legend>
        {PROPOSABLE_VERDICTS.map((one) => (
          <label key={one} className="inline-flex items-center gap-2">
            <input
              type="radio"
              name="verdict"
              value={one}
              required
              checked={verdict === one}
              onChange={() => setVerdict(one)}
              className="size-3.5 accent-(--accent-fill)"
            />
            <span>
              {WORDS[one].label} <span className="text-muted">– {WORDS[one].hint.toLowerCase()}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <TextareaField
        label="Why"
        required
        maxLength={4000}
        value={justification}
        onChange={(event) => setJustification(event.target.value)}
        hint="What is known now of its use is kept with the proposal."
      />
      <Button type="submit" variant="primary" busy={busy}>
        Propose
      </Button>
    </form>
  )
}
