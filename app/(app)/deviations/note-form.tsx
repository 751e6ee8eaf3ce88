'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { useDraft } from '@/components/ui/drafts'
import { TextareaField } from '@/components/ui/field'
import { useKey } from '@/components/ui/use-key'
import type { Target } from './own-changes'
import { useTriage } from './use-triage'

/** Notes something on an item, for the next who looks; c leads here. */
export function NoteForm({ target }: { target: Target }) {
  const { note: add, busy } = useTriage()
  const { text: note, setText: setNote, discard, restored } = useDraft(`note ${target.id}`)
  const field = useRef<HTMLTextAreaElement>(null)
  useKey('c', () => field.current?.focus())
  const save = async () => {
    if (await add([target], note)) discard()
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
        ref={field}
        label="Note"
        hint={restored ? 'Written before and not added yet.' : undefined}
        value={note}
        maxLength={4000}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" busy={busy} disabled={note.trim() === ''} title="c, then Ctrl Enter">
        Add note
      </Button>
    </form>
  )
}
