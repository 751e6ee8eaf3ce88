'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import { readAgainAction } from '../actions'

type ReadAgainProps = {
  uploadId: string
  /** Records that name no host. */
  hostless: number
  /** Whether the bytes are still there. */
  kept: boolean
}

const MAX_HOST = 253

/** Offers to read an upload again with a host for the records that name none. */
export function ReadAgain({ uploadId, hostless, kept }: ReadAgainProps) {
  const [host, setHost] = useState('')
  const { run, busy } = useAction()
  const router = useRouter()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await run(
      () => readAgainAction(uploadId, host),
      `It is read again; records without a host belong to ${host.trim()}.`,
    )
    if (answer.ok) router.push(`/imports/${answer.value}`)
  }
  const problem = `${countOf(hostless, 'record names', 'records name')} no host, so nothing could be stored of ${hostless === 1 ? 'it' : 'them'}.`
  if (!kept)
    return (
      <p className="mb-4 rounded border border-transparent bg-warn-soft px-3 py-2">
        {problem} Import the file again and give the name of the machine that it came from.
      </p>
    )
  return (
    <form
      onSubmit={submit}
      className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-2 rounded border border-transparent bg-warn-soft px-3 py-2"
    >
      <p className="min-w-60 flex-1">
        {problem} Which machine did the file come from? It is read again with that name; what is stored
        already stays as it is.
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
      <Button type="submit" variant="primary" busy={busy} disabled={host.trim() === ''}>
        Read again
      </Button>
    </form>
  )
}
