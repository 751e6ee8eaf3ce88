'use client'

import { useState } from 'react'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextField } from '@/components/ui/field'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import type { IncidentRow } from '@/lib/store/screens/incidents'
import { endIncidentAction, withdrawIncidentAction } from './actions'
import { windowText } from './incident-words'

type IncidentsTableProps = { incidents: readonly IncidentRow[]; mayDeclare: boolean }
type Asking = { how: 'end' | 'withdraw'; incident: IncidentRow }

const COLUMNS: PlainColumn<IncidentRow>[] = [
  {
    id: 'name',
    header: 'Incident',
    cell: ({ name, withdrawn, to }) => (
      <span className="flex items-center gap-2">
        {name}
        {withdrawn ? <Badge>withdrawn</Badge> : to === null && <Badge tone="warn">goes on</Badge>}
      </span>
    ),
  },
  { id: 'window', header: 'Days', cell: ({ from, to }) => windowText(from, to) },
  {
    id: 'where',
    header: 'Where',
    wide: true,
    cell: ({ where, note }) => (
      <>
        {where === null ? 'also hosts that you may not see' : where.join(', ')}
        {note !== null && <div className="text-muted text-small">{note}</div>}
      </>
    ),
  },
  { id: 'compared', header: 'Judged by', cell: ({ comparedWith }) => comparedWith ?? 'the fleet' },
  {
    id: 'declared',
    header: 'Declared',
    cell: ({ declaredBy, at }) => (
      <>
        {declaredBy ?? 'the system'}, <RelativeTime at={at} />
      </>
    ),
  },
]

/** Incidents, with what can be done about those that hold. */
export function IncidentsTable({ incidents, mayDeclare }: IncidentsTableProps) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const act: PlainColumn<IncidentRow> = {
    id: 'act',
    header: 'Change',
    cell: (incident) =>
      incident.withdrawn || incident.where === null ? null : (
        <span className="flex gap-1">
          <Button variant="quiet" onClick={() => setAsking({ how: 'end', incident })}>
            {incident.to === null ? 'End…' : 'Move its end…'}
          </Button>
          <Button variant="quiet" onClick={() => setAsking({ how: 'withdraw', incident })}>
            Withdraw…
          </Button>
        </span>
      ),
  }
  return (
    <>
      <PlainTable
        label="incidents"
        rows={incidents}
        rowId={({ id }) => String(id)}
        columns={mayDeclare ? [...COLUMNS, act] : COLUMNS}
        empty="None: every day that hosts reported is taken for theirs. Declare one when hosts may have been in other hands."
      />
      {asking?.how === 'end' && <EndDialog incident={asking.incident} onClose={() => setAsking(null)} />}
      {asking?.how === 'withdraw' && (
        <WithdrawDialog incident={asking.incident} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

type DialogProps = { incident: IncidentRow; onClose: () => void }

function EndDialog({ incident: { id, version, name, from, to }, onClose }: DialogProps) {
  const [day, setDay] = useState(to ?? '')
  const { run } = useAction()
  const end = async () => {
    await run(() => endIncidentAction({ id, version, to: day }), `${name} ended on ${day}.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`End ${name}`}
      effect={
        <div className="space-y-3">
          <p>
            The days after its last one teach again and are judged by the hosts' own past, also those that
            were computed already. What it took from them before stays taken.
          </p>
          <TextField
            label="Its last day"
            type="date"
            required
            min={from}
            className="w-40"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </div>
      }
      confirm="End it"
      onConfirm={end}
    />
  )
}

function WithdrawDialog({ incident: { id, version, name, from, to }, onClose }: DialogProps) {
  const { run } = useAction()
  const withdraw = async () => {
    await run(() => withdrawIncidentAction({ id, version }), `${name} was withdrawn.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Withdraw ${name}`}
      effect={`Everything will be as if it had never been declared: the days ${windowText(from, to)} teach again, and are judged by the hosts' own past.`}
      confirm="Withdraw it"
      onConfirm={withdraw}
    />
  )
}
