'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { countOf } from '@/components/ui/numbers'
import { Timestamp } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { SAID_ORDERS } from '@/lib/pipeline/parse/date-order'
import type { UploadDetail } from '@/lib/store/screens/imports'
import { readAgainAction } from '../actions'
import { DATE_ORDERS } from '../date-orders'

type ReadAgainProps = {
  upload: Pick<
    UploadDetail,
    'id' | 'state' | 'hostless' | 'lost' | 'kept' | 'keptUntilUs' | 'hostOverride' | 'dateOrder'
  >
}

const MAX_HOST = 253

/** Offers to read an upload again: with other options once it was taken back, with a host for records that name none, or for what went with another import. */
export function ReadAgain({ upload }: ReadAgainProps) {
  const { state, hostless, lost, kept } = upload
  if (state === 'taken-back') return kept ? <WithOtherOptions upload={upload} /> : null
  if (state !== 'done') return null
  return (
    <>
      {hostless > 0 &&
        (kept ? (
          <WithHost upload={upload} />
        ) : (
          <Notice className="mb-4">
            {hostlessWords(hostless)} Import the file again and give the name of the machine that it came
            from.
          </Notice>
        ))}
      {lost > 0 &&
        (kept ? (
          <AsBefore upload={upload} />
        ) : (
          <Notice className="mb-4">{lostWords(lost)} Import the file again to have them.</Notice>
        ))}
    </>
  )
}

function hostlessWords(hostless: number): string {
  return `${countOf(hostless, 'record names', 'records name')} no host, so nothing could be stored of ${hostless === 1 ? 'it' : 'them'}.`
}

function lostWords(lost: number): string {
  return `${countOf(lost, 'record')} of it had been imported before, and went when that import was taken back.`
}

function useReadAgain() {
  const { run, busy } = useAction()
  const router = useRouter()
  const readAgain = async (request: Parameters<typeof readAgainAction>[0], done: string) => {
    const answer = await run(() => readAgainAction(request), done)
    if (answer.ok) router.push(`/imports/${answer.value}`)
  }
  return { readAgain, busy }
}

function WithHost({ upload: { id, hostless } }: ReadAgainProps) {
  const [host, setHost] = useState('')
  const { readAgain, busy } = useReadAgain()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void readAgain(
      { uploadId: id, host },
      `It is read again; records without a host belong to ${host.trim()}.`,
    )
  }
  return (
    <Again onSubmit={submit} busy={busy} disabled={host.trim() === ''}>
      <p className="min-w-60 flex-1">
        {hostlessWords(hostless)} Which machine did the file come from? It is read again with that name; what
        is stored already stays as it is.
      </p>
      <TextField
        label="Host name"
        value={host}
        onChange={(event) => setHost(event.target.value)}
        maxLength={MAX_HOST}
        autoComplete="off"
        required
        className="w-60"
      />
    </Again>
  )
}

function AsBefore({ upload: { id, lost, hostOverride } }: ReadAgainProps) {
  const { readAgain, busy } = useReadAgain()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void readAgain({ uploadId: id, host: hostOverride }, 'It is read again; what is missing is stored.')
  }
  return (
    <Again onSubmit={submit} busy={busy}>
      <p className="min-w-60 flex-1">{lostWords(lost)} Read it again to have them.</p>
    </Again>
  )
}

function WithOtherOptions({ upload: { id, hostOverride, dateOrder, keptUntilUs } }: ReadAgainProps) {
  const [host, setHost] = useState(hostOverride ?? '')
  const [order, setOrder] = useState<string>(dateOrder ?? '')
  const { readAgain, busy } = useReadAgain()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = SAID_ORDERS.find((one) => one === order) ?? null
    void readAgain({ uploadId: id, host: host.trim() || null, dateOrder: said }, 'It is read again.')
  }
  return (
    <Again onSubmit={submit} busy={busy}>
      <p className="min-w-60 flex-1">
        Was it the right file, read wrongly? Read it again with other options.
        {keptUntilUs !== null && (
          <>
            {' '}
            It is kept for a day after it was read, until <Timestamp at={keptUntilUs} />, or until newer files
            need its room.
          </>
        )}
      </p>
      <TextField
        label="Host name"
        hint="Only for logs that name no host"
        value={host}
        onChange={(event) => setHost(event.target.value)}
        maxLength={MAX_HOST}
        autoComplete="off"
        className="w-60"
      />
      <SelectField
        label="Order of dates"
        hint="Only for tables that do not show it"
        options={DATE_ORDERS}
        value={order}
        onChange={(event) => setOrder(event.target.value)}
        className="w-60"
      />
    </Again>
  )
}

type AgainProps = {
  onSubmit: (event: FormEvent) => void
  busy: boolean
  disabled?: boolean
  children: ReactNode
}

function Again({ onSubmit, busy, disabled = false, children }: AgainProps) {
  return (
    <form
      onSubmit={onSubmit}
      className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-2 rounded border border-transparent bg-warn-soft px-3 py-2"
    >
      {children}
      <Button type="submit" variant="primary" busy={busy} disabled={disabled}>
        Read again
      </Button>
    </form>
  )
}
