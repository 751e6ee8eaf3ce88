'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { changeDecisionSettingsAction } from './actions'

/** How many managers a block of the whole fleet takes. */
export function DecisionSettingsForm({ twoForFleet }: { twoForFleet: boolean }) {
  const { run, busy } = useAction()
  const [two, setTwo] = useState(twoForFleet)
  const save = () =>
    run(
      () => changeDecisionSettingsAction({ twoForFleet: two }),
      'Saved.',
      `A block of more than half of all hosts takes ${two ? 'two managers' : 'one manager'}`,
    )
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Checkbox
        label="A block of more than half of all hosts takes two managers"
        checked={two}
        onChange={(event) => setTwo(event.target.checked)}
      />
      <div>
        <Button type="submit" variant="primary" busy={busy} disabled={two === twoForFleet}>
          Save
        </Button>
      </div>
    </form>
  )
}
