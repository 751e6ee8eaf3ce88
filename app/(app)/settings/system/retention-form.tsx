'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextField } from '@/components/ui/field'
import { countOf, formatBytes, formatNumber } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import { firstKeptDay } from '@/lib/pipeline/retention'
import type { StoredMonth, StoredRetention } from '@/lib/store/screens/retention'
import { setRetentionAction } from './actions'

type RetentionFormProps = {
  retention: StoredRetention
  months: readonly StoredMonth[]
  /** 'YYYY-MM-DD', UTC. */
  today: string
}

/** How long facts and records are kept; what a change lets go of is shown, and typed, before it is done. */
export function RetentionForm({ retention, months, today }: RetentionFormProps) {
  const [factMonths, setFactMonths] = useState(toText(retention.factMonths))
  const [rawDays, setRawDays] = useState(toText(retention.rawDays))
  const [asking, setAsking] = useState(false)
  const { run, busy } = useAction()
  const change = { factMonths: toNumber(factMonths), rawDays: toNumber(rawDays), version: retention.version }
  const gone = change.factMonths === null ? [] : monthsBefore(months, firstKeptDay(today, change.factMonths))
  const changed = factMonths !== toText(retention.factMonths) || rawDays !== toText(retention.rawDays)
  return (
    <form
      className="max-w-[40rem] space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        setAsking(true)
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Months of events"
          type="number"
          min={1}
          max={240}
          value={factMonths}
          onChange={(event) => setFactMonths(event.target.value)}
          hint="Whole months besides the present one; empty keeps all."
        />
        <TextField
          label="Days of original records"
          type="number"
          min={1}
          max={7300}
          value={rawDays}
          onChange={(event) => setRawDays(event.target.value)}
          hint="As the sensor wrote them; empty keeps all."
        />
      </div>
      {retention.keptFrom !== null && (
        <p className="text-muted">Events before {retention.keptFrom} were let go of, and cannot come back.</p>
      )}
      <Button type="submit" variant="primary" disabled={!changed} busy={busy}>
        Change…
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Change what is kept"
        effect={<Effect gone={gone} rawDays={change.rawDays} />}
        confirm="Change"
        {...(gone.length > 0 || change.rawDays !== null ? { typeToConfirm: 'let go' } : {})}
        onConfirm={async () => {
          await run(
            () => setRetentionAction(change),
            'Changed. The worker lets go of what is older within a minute.',
            `Keep ${factMonths || 'all'} months of events, ${rawDays || 'all'} days of original records`,
          )
        }}
      />
    </form>
  )
}

function Effect({ gone, rawDays }: { gone: readonly StoredMonth[]; rawDays: number | null }) {
  const sizeBytes = gone.reduce((sum, month) => sum + month.sizeBytes, 0)
  const executions = gone.reduce((sum, month) => sum + month.executions, 0)
  return (
    <div className="space-y-2">
      <p>
        {gone.length === 0
          ? 'No month of events is let go of now.'
          : `${countOf(gone.length, 'month')} of events, ${gone[0]?.month} to ${gone.at(-1)?.month}, are let go of: about ${formatNumber(executions)} executions, ${formatBytes(sizeBytes)}. Take a backup first; this cannot be undone.`}
      </p>
      {rawDays !== null && (
        <p>Original records older than {countOf(rawDays, 'day')} are removed, here and from then on.</p>
      )}
    </div>
  )
}

function monthsBefore(months: readonly StoredMonth[], day: string): readonly StoredMonth[] {
  return months.filter(({ month }) => month < day.slice(0, 7))
}

function toText(value: number | null): string {
  return value === null ? '' : String(value)
}

function toNumber(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
