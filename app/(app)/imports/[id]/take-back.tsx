'use client'

import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { answerOf } from '@/components/ui/action-answer'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { TextareaField } from '@/components/ui/field'
import { leavingFocusToPage } from '@/components/ui/focus-page'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import { useAction } from '@/components/ui/use-action'
import type { TakeBackPreview } from '@/lib/store/screens/take-back-preview'
import { previewTakingBackAction, takeBackAction } from '../actions'
import { FORGETTING, takeBackWords } from './take-back-words'

type TakeBackProps = {
  uploadId: string
  label: string
  /** What it brought is gone; hosts were not forgotten. */
  isTaken: boolean
}

const MAX_REASON = 1000

/** Offers to take an import back; what goes is counted and shown first. */
export function TakeBack({ uploadId, label, isTaken }: TakeBackProps) {
  const [preview, setPreview] = useState<TakeBackPreview | null>(null)
  const [counting, setCounting] = useState(false)
  const { run, busy } = useAction()
  const toast = useToast()
  const close = () => setPreview(null)
  const what = isTaken ? 'Go on taking back this import' : 'Take back this import'
  const words = isTaken ? [FORGETTING] : preview === null ? [] : takeBackWords(preview)
  const look = async () => {
    setCounting(true)
    const answer = await answerOf(() => previewTakingBackAction(uploadId)).finally(() => setCounting(false))
    if (answer.ok) setPreview(answer.value)
    else toast(answer.message, 'bad')
  }
  const submit = async (form: FormData) => {
    const reason = String(form.get('reason') ?? '')
    const answer = await run(
      () => takeBackAction(uploadId, reason),
      'The import is being taken back; this page shows how far that is.',
      `${what}. ${words[0] ?? ''}`,
    )
    if (answer.ok) close()
  }
  return (
    <>
      {/* it goes once the import is being taken back */}
      <Button ref={leavingFocusToPage} busy={counting} onClick={look}>
        {label}
      </Button>
      {preview !== null && (
        <Dialog
          open
          onOpenChange={close}
          title={`${what}?`}
          description="Everything then counts as if it had never been imported."
        >
          <DialogForm label="Take back" variant="danger" busy={busy} onSubmit={submit} onCancel={close}>
            <ul className="list-disc space-y-1 pl-5">
              {words.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <Lost lost={preview.lost} />
            <TextareaField label="Why" name="reason" rows={2} maxLength={MAX_REASON} required />
          </DialogForm>
        </Dialog>
      )}
    </>
  )
}

function Lost({ lost }: Pick<TakeBackPreview, 'lost'>) {
  if (lost.length === 0) return null
  return (
    <Notice>
      <p>
        Other imports told some of these records again, which were not stored twice and go too. Import these
        again afterwards:
      </p>
      <ul className="mt-1 list-disc pl-5">
        {lost.map(({ id, name, records }) => (
          <li key={id}>
            <Link href={`/imports/${id}`} className="link">
              <InertText text={name} />
            </Link>
            : {countOf(records, 'record')}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
