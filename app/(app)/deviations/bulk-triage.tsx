'use client'

import { CircleCheck, Flag, FlaskConical, MessageSquare, OctagonAlert, UserRound } from 'lucide-react'
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
  onNote: () => void
}

/** What can be done with the selected rows; while it is shown, the keys are about them. */
export function BulkTriage({ ids, onSelection, busy, onRuling, onMove, onAssign, onNote }: BulkTriageProps) {
  const selection = ids.join()
  useEffect(() => {
    onSelection(selection.split(','))
    return () => onSelection([])
  }, [selection, onSelection])
  return (
    <>
      <Button busy={busy} onClick={() => onRuling('expected')} aria-keyshortcuts="e" title="Expected (e)">
        <CircleCheck aria-hidden />
        Expected
      </Button>
      <Button busy={busy} onClick={() => onMove('flagged')} aria-keyshortcuts="f" title="Flag (f)">
        <Flag aria-hidden />
        Flag
      </Button>
      <Button busy={busy} onClick={() => onRuling('malicious')} aria-keyshortcuts="m" title="Malicious (m)">
        <OctagonAlert aria-hidden />
        Malicious
      </Button>
      <Button
        busy={busy}
        onClick={() => onRuling('authorised-test')}
        aria-keyshortcuts="t"
        title="Authorised test (t)"
      >
        <FlaskConical aria-hidden />
        Authorised test
      </Button>
      <Button busy={busy} onClick={onAssign} aria-keyshortcuts="a" title="Assign to me (a)">
        <UserRound aria-hidden />
        Assign to me
      </Button>
      <Button busy={busy} onClick={onNote} aria-keyshortcuts="c" title="Note (c)">
        <MessageSquare aria-hidden />
        Note
      </Button>
    </>
  )
}
