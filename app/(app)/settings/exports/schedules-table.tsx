'use client'

import { CalendarClock, Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { SendingState } from '@/components/state/sending-state'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem } from '@/components/ui/menu'
import { countOf, formatBytes } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { nextDue } from '@/lib/pipeline/export/rhythm'
import type { ScheduleRow } from '@/lib/store/screens/export-schedules'
import { pauseScheduleAction, removeScheduleAction, runScheduleAction } from './actions'
import { ScheduleDialog } from './schedule-dialog'
import { rhythmWords } from './schedule-words'

type SchedulesTableProps = {
  schedules: readonly ScheduleRow[]
  exports: readonly string[]
  folders: readonly string[]
  /** µs since 1970. */
  nowUs: number
}

/** The schedules with what became of each last, and what can be done with them. */
export function SchedulesTable({ schedules, exports, folders, nowUs }: SchedulesTableProps) {
  const [editing, setEditing] = useState<ScheduleRow | 'new' | null>(null)
  const [removing, setRemoving] = useState<ScheduleRow | null>(null)
  const { run } = useAction()
  const add = (
    <Button variant="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      Schedule an export
    </Button>
  )
  return (
    <>
      {schedules.length === 0 ? (
        <EmptyState icon={<CalendarClock aria-hidden />} title="No export is scheduled" actions={add}>
          A data lake or a SIEM can have any table of these pages again and again, filtered as you see it.
        </EmptyState>
      ) : (
        <>
          <div className="mb-2 flex justify-end">{add}</div>
          <PlainTable
            label="Schedules"
            columns={[
              ...COLUMNS,
              { id: 'next', header: 'Next', cell: (row) => <Next schedule={row} nowUs={nowUs} /> },
              {
                id: 'actions',
                header: 'Actions',
                cell: (row) => (
                  <RowActions
                    schedule={row}
                    onEdit={() => setEditing(row)}
                    onRemove={() => setRemoving(row)}
                  />
                ),
              },
            ]}
            rows={schedules}
            rowId={({ id }) => String(id)}
            empty="No export is scheduled."
          />
        </>
      )}
      {editing !== null && (
        <ScheduleDialog
          schedule={editing === 'new' ? null : editing}
          exports={exports}
          folders={folders}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={`Remove ${removing?.name}`}
        effect="It is not sent any more, and what became of its runs is forgotten here; the audit log keeps it. Files that were written stay."
        confirm="Remove schedule"
        onConfirm={async () => {
          if (removing !== null)
            await run(() => removeScheduleAction(removing.id), `${removing.name} is removed.`)
        }}
      />
    </>
  )
}

const COLUMNS: readonly PlainColumn<ScheduleRow>[] = [
  {
    id: 'name',
    header: 'Name',
    wraps: true,
    cell: ({ name, export: table, filters, gzip }) => (
      <>
        <span className="block font-medium">{name}</span>
        <span className="wrap-anywhere block text-muted text-small">
          {table}.csv{gzip && '.gz'},{' '}
          {filters === '' ? 'no filter' : decodeURIComponent(filters.replaceAll('+', ' '))}
        </span>
      </>
    ),
  },
  { id: 'when', header: 'When (UTC)', cell: (row) => rhythmWords(row) },
  {
    id: 'to',
    header: 'To',
    wraps: true,
    cell: ({ folder, url }) => <code className="wrap-anywhere">{folder ?? url}</code>,
  },
  {
    id: 'last',
    header: 'Last result',
    wraps: true,
    cell: ({ last, stopped }) => <Last last={last} stopped={stopped} />,
  },
]

function Last({ last, stopped }: Pick<ScheduleRow, 'last' | 'stopped'>) {
  if (stopped !== null) return <span className="text-warn">{stopped}</span>
  if (last === null) return <span className="text-muted">none yet</span>
  const { state, finishedAt, error, rows, bytes } = last
  return (
    <>
      <SendingState state={state} /> {finishedAt !== null && <RelativeTime at={finishedAt} />}
      {error !== null && <span className="block text-bad text-small">{error}</span>}
      {rows !== null && bytes !== null && (
        <span className="block text-muted text-small">
          {countOf(rows, 'row')}, {formatBytes(bytes)}
        </span>
      )}
    </>
  )
}

function Next({ schedule, nowUs }: { schedule: ScheduleRow; nowUs: number }) {
  return schedule.paused || schedule.stopped !== null ? (
    <span className="text-warn">{schedule.paused ? 'paused' : 'stopped'}</span>
  ) : (
    <RelativeTime at={nextDue(schedule, nowUs)} />
  )
}

type RowActionsProps = { schedule: ScheduleRow; onEdit: () => void; onRemove: () => void }

function RowActions({ schedule: { id, version, name, paused }, onEdit, onRemove }: RowActionsProps) {
  const { run, busy } = useAction()
  const pause = () =>
    void run(
      () => pauseScheduleAction({ id, version }, !paused),
      paused ? `${name} goes on.` : `${name} is paused.`,
    )
  return (
    <span className="flex gap-1">
      <Button
        className="h-6!"
        busy={busy}
        onClick={() => void run(() => runScheduleAction(id), `${name} is on its way: see below.`)}
      >
        Send now
      </Button>
      <Menu
        align="end"
        trigger={
          <Button className="h-6!" aria-label={`More of ${name}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={pause}>{paused ? 'Resume' : 'Pause'}</MenuItem>
        <MenuItem onSelect={onEdit}>Change…</MenuItem>
        <MenuItem onSelect={onRemove}>Remove…</MenuItem>
      </Menu>
    </span>
  )
}
