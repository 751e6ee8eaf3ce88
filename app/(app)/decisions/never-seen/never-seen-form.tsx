'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useDraft } from '@/components/ui/drafts'
import { SelectField, TextareaField, TextField } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import { batchHref } from '@/lib/pipeline/decision/batch-href'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { UnseenBinary } from '@/lib/store/screens/decision/form'
import { proposeBatchAction } from '../actions'

const CONTROLS = ['app-control', 'applocker', 'edr'] as const

/** Chooses among binaries that never ran, and proposes to block them as one. */
export function NeverSeenForm({ unseen, reviewOn }: { unseen: readonly UnseenBinary[]; reviewOn: string }) {
  const { run, busy } = useAction()
  const router = useRouter()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(unseen.map(({ slug }) => slug)))
  const [control, setControl] = useState<(typeof CONTROLS)[number]>('app-control')
  const { text: justification, setText: setJustification, discard } = useDraft('proposal of never seen')
  const [ticket, setTicket] = useState('')
  const [review, setReview] = useState(reviewOn)
  const submit = async () => {
    const batch = {
      slugs: [...chosen],
      control,
      justification,
      reviewOn: review,
      ticket: ticket || null,
    }
    const answer = await run(() => proposeBatchAction(batch), 'Proposed: they wait for a manager.')
    if (!answer.ok) return
    discard()
    router.push(batchHref(answer.value))
  }
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Chooser unseen={unseen} chosen={chosen} onChange={setChosen} />
      <div className="grid max-w-[60rem] gap-3 sm:grid-cols-3">
        <SelectField
          label="Carried out by"
          value={control}
          onChange={(event) => setControl(event.target.value as (typeof CONTROLS)[number])}
          options={CONTROLS.map((one) => ({ value: one, label: CONTROL_FACTS[one].name }))}
        />
        <TextField
          label="Review on"
          type="date"
          required
          value={review}
          onChange={(event) => setReview(event.target.value)}
        />
        <TextField
          label="Change ticket"
          maxLength={100}
          value={ticket}
          onChange={(event) => setTicket(event.target.value)}
        />
      </div>
      <TextareaField
        label="Why"
        required
        maxLength={4000}
        className="max-w-[60rem]"
        value={justification}
        onChange={(event) => setJustification(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy} disabled={chosen.size === 0}>
        Propose {countOf(chosen.size, 'binary', 'binaries')}
      </Button>
    </form>
  )
}

type ChooserProps = {
  unseen: readonly UnseenBinary[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

function Chooser({ unseen, chosen, onChange }: ChooserProps) {
  const toggle = (slug: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(slug)
    else next.delete(slug)
    onChange(next)
  }
  const columns: PlainColumn<UnseenBinary>[] = [
    {
      id: 'chosen',
      header: 'Block',
      cell: ({ slug, name }) => (
        <input
          type="checkbox"
          aria-label={`Block ${name}`}
          className="block size-3.5 accent-(--accent-fill)"
          checked={chosen.has(slug)}
          onChange={(event) => toggle(slug, event.target.checked)}
        />
      ),
    },
    {
      id: 'name',
      header: 'Binary',
      cell: ({ slug, name }) => (
        <Link href={`/binaries/${encodeURIComponent(slug)}`} className="hover:underline">
          {name}
        </Link>
      ),
    },
    {
      id: 'named',
      header: 'Named by CM0091',
      cell: ({ namedInMission }) => (namedInMission ? <Badge tone="accent">named</Badge> : ''),
    },
    { id: 'about', header: 'What it is', wide: true, cell: ({ description }) => description },
  ]
  return (
    <div>
      <div className="mb-2 flex items-center gap-2">
        <span>
          {countOf(chosen.size, 'binary', 'binaries')} of {unseen.length} chosen
        </span>
        <Button variant="quiet" onClick={() => onChange(new Set(unseen.map(({ slug }) => slug)))}>
          Choose all
        </Button>
        <Button variant="quiet" onClick={() => onChange(new Set())}>
          Choose none
        </Button>
      </div>
      <PlainTable
        label="binaries never seen"
        columns={columns}
        rows={unseen}
        rowId={({ slug }) => slug}
        empty="None."
      />
    </div>
  )
}
