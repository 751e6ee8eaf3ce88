'use client'

import { MessageSquare, UserRound } from 'lucide-react'
import { useEffect } from 'react'
import { LetterButton, TriageButtons } from './triage-buttons'
import type { RulingState } from './use-triage'

type BulkTriageProps = {
  ids: readonly string[]
  onSelection: (ids: readonly string[]) => void
  busy: boolean
  onRuling: (to: RulingState) => void
  onFlag: () => void
  onAssign: () => void
  onNote: () => void
}

/** What can be done with the selected rows; while it is shown, the keys are about them. */
export function BulkTriage({ ids, onSelection, busy, onRuling, onFlag, onAssign, onNote }: BulkTriageProps) {
  const selection = ids.join()
  useEffect(() => {
    onSelection(selection.split(','))
    return () => onSelection([])
  }, [selection, onSelection])
  return (
    <>
      <TriageButtons busy={busy} onRuling={onRuling} onFlag={onFlag} />
      <LetterButton label="Assign to me" letter="a" icon={UserRound} busy={busy} onClick={onAssign} />
      <LetterButton label="Note" letter="c" icon={MessageSquare} busy={busy} onClick={onNote} />
    </>
  )
}
