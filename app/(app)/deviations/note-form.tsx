'use client'

import { Button } from '@/components/ui/button'
import { useDraft } from '@/components/ui/drafts'
import { TextareaField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { noteAction } from './actions'
import type { Target } from './use-triage'

/** Notes something on an item, for the next who looks. */
export function NoteForm({ target }: { target: Target }) {
  const { run, busy } = useAction()
  const { text: note, setText: setNote, discard, restored } = useDraft(`note ${target.id}`)
  const save = async () => {
    const answer = await run(() => noteAction(target, note), 'Noted.')
    if (answer.ok) discard()
  }
  return (
    <form
      className="mt-3 space-y-2"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextareaField
        label="Note"
        hint={restored ? 'Written before and not added yet.' : undefined}
        value={note}
        maxLength={4000}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" busy={busy} disabled={note.trim() === ''}>
        Add note
      </Button>
    </form>
  )
}
