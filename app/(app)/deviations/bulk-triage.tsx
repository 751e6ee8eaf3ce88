'use client'

import { CircleCheck, Flag, FlaskConical, OctagonAlert, UserRound } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import type { RulingState } from './use-triage'

type BulkTriageProps = {
  ids: readonly string[]
  onSelection: (ids: readonly string[]) => void
  busy: boolean
  onRuling: (to: RulingState) => void
  onMove: (to: 'flagged') => void
  onAssign: () => void
}

/** What can be done with the selected rows; while it is shown, the keys are about them. */
export function BulkTriage({ ids, onSelection, busy, onRuling, onMove, onAssign }: BulkTriageProps) {
  const selection = ids.join()
  useEffect(() => {
    onSelection(selection.split(','))
    return () => onSelection([])
  }, [selection, onSelection])
  return (
    <>
      <Button busy={busy} onClick={() => onRuling('expected')} title="e">
        <CircleCheck aria-hidden />
        Expected
      </Button>
      <Button busy={busy} onClick={() => onMove('flagged')} title="f">
        <Flag aria-hidden />
        Flag
      </Button>
      <Button busy={busy} onClick={() => onRuling('malicious')} title="m">
        <OctagonAlert aria-hidden />
        Malicious
      </Button>
      <Button busy={busy} onClick={() => onRuling('authorised-test')} title="t">
        <FlaskConical aria-hidden />
        Authorised test
      </Button>
      <Button busy={busy} onClick={onAssign} title="a">
        <UserRound aria-hidden />
        Assign to me
      </Button>
    </>
  )
}
