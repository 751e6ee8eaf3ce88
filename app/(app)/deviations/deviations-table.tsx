'use client'

import { TriangleAlert } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useOptimistic, useRef, useState } from 'react'
import { DataTable } from '@/components/table/data-table'
import { type Filter, FilterBar } from '@/components/table/filter-bar'
import { PERIOD_CHIPS } from '@/components/table/period-chips'
import { areDetailsComing, focusRow } from '@/components/table/use-open-row'
import { useTableUrl } from '@/components/table/use-table-url'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import { isTriageState } from '@/lib/pipeline/deviation/triage'
import type { DeviationFacets, DeviationItem } from '@/lib/store/screens/deviations/list'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { BulkTriage } from './bulk-triage'
import { COLUMNS, COLUMNS_UNASSIGNED, type QueueRow } from './columns'
import { NoteDialog } from './note-dialog'
import { useQueueChanges } from './queue-changes'
import { type NamedTarget, TriageDialog } from './triage-dialog'
import { type Assignee, type Patch, type RulingState, type UseTriage, useTriage } from './use-triage'
import { focusedRow, useTriageKeys } from './use-triage-keys'

export type TriageActor = { accountId: string; name: string; mayTriage: boolean; seesFleet: boolean }

type DeviationsTableProps = {
  rows: readonly DeviationItem[]
  total: number
  request: TableRequest
  facets: DeviationFacets
  openId: string | null
  /** Whether any telemetry was ever read. */
  hasData: boolean
  actor: TriageActor
}

/** The queue: j and k move, o or Enter opens, x selects; the letters of triage act on what is selected, else on the row in focus. */
export function DeviationsTable(props: DeviationsTableProps) {
  const { total, request, facets, openId, hasData, actor } = props
  const search = useSearchParams()
  const [rows, patch] = useQueueRows(props.rows)
  const url = useTableUrl()
  const { triage, targetsOf, setSelected, asking, setAsking } = useQueue(rows, actor, patch)
  const bulkActions = (ids: readonly string[], clear: () => void) => (
    <BulkTriage
      ids={ids}
      onSelection={setSelected}
      busy={triage.busy}
      onRuling={(to) => setAsking({ to, targets: targetsOf(ids) })}
      onFlag={() => void triage.judge(targetsOf(ids), { to: 'flagged' }).then((done) => done && clear())}
      onAssign={() => void triage.assign(targetsOf(ids), me(actor)).then((done) => done && clear())}
      onNote={() => setAsking({ to: 'note', targets: targetsOf(ids) })}
    />
  )
  return (
    <>
      <FilterBar
        searchLabel="Search patterns, binaries and hosts"
        filters={toFilters(facets)}
        linked={PERIOD_CHIPS}
      />
      <DataTable
        label="deviations"
        columns={rows.some(({ assigneeId }) => assigneeId !== null) ? COLUMNS : COLUMNS_UNASSIGNED}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => url.href({ open: row.id })}
        openRowId={openId}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={FILTER_NAMES}
        csvHref={`/api/exports/deviations.csv?${search}`}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        {...(actor.mayTriage && { bulkActions })}
        empty={<Nothing hasData={hasData} states={request.filters['state'] ?? []} />}
      />
      <Asking asking={asking} triage={triage} seesFleet={actor.seesFleet} onClose={() => setAsking(null)} />
    </>
  )
}

/**
 * The rows with what is said of them ahead of the server's answer, and who else changed them since they were read. What the server refuses
 * is as before again when it has answered.
 */
function useQueueRows(rows: readonly DeviationItem[]): [readonly QueueRow[], (patch: Patch) => void] {
  const { changedBy } = useQueueChanges()
  const [shown, patch] = useOptimistic(rows, (all, { ids, change }: Patch) =>
    all.map((row) => (ids.includes(row.id) ? { ...row, ...change } : row)),
  )
  const marked = useMemo(
    () => shown.map((row) => ({ ...row, changedBy: changedBy.get(row.id) ?? null })),
    [shown, changedBy],
  )
  return [marked, patch]
}

/** What is selected or being judged, and the keys for it. */
function useQueue(rows: readonly QueueRow[], actor: TriageActor, patch: (patch: Patch) => void) {
  const { openId } = useTableUrl()
  const triage = useTriage(patch)
  const [selected, setSelected] = useState<readonly string[]>([])
  const [asking, setAsking] = useState<Question | null>(null)
  const keepPlace = usePlace(rows)
  const targetsOf = (ids: readonly string[]) => {
    const asked = new Set(ids)
    return rows.filter(({ id }) => asked.has(id))
  }
  /** What a key is about; the panel brings its own keys. */
  const addressed = (): readonly DeviationItem[] => {
    if (selected.length > 0 && !areDetailsComing()) return targetsOf(selected)
    const row = rows[focusedRow() ?? -1]
    return row === undefined ? [] : [row]
  }
  const act = (work: (targets: readonly DeviationItem[]) => void) => () => {
    const targets = addressed()
    if (targets.length === 0) return
    keepPlace(focusedRow())
    work(targets)
  }
  const ask = (to: Question['to']) => act((targets) => setAsking({ to, targets }))
  useTriageKeys(
    actor.mayTriage && asking === null
      ? {
          isMine: () => openId === null || areDetailsComing(),
          onExpected: ask('expected'),
          onMalicious: ask('malicious'),
          onTest: ask('authorised-test'),
          onFlag: act((targets) => void triage.judge(targets, { to: 'flagged' })),
          onAssign: act((targets) => void triage.assign(targets, me(actor))),
          onNote: ask('note'),
          onUndo: () => void triage.undo(),
          onOpen: openFocusedRow,
        }
      : null,
  )
  return { triage, targetsOf, setSelected, asking, setAsking }
}

type Question = { to: RulingState | 'note'; targets: readonly NamedTarget[] }
type AskingProps = {
  asking: Question | null
  triage: UseTriage
  seesFleet: boolean
  onClose: () => void
}

/** What has to be said before it is done. */
function Asking({ asking, triage, seesFleet, onClose }: AskingProps) {
  if (asking === null) return null
  const { to, targets } = asking
  if (to === 'note')
    return <NoteDialog targets={targets} onAdd={(note) => triage.note(targets, note)} onClose={onClose} />
  return (
    <TriageDialog
      to={to}
      targets={targets}
      seesFleet={seesFleet}
      onConfirm={(judgement, refused) => triage.judge(targets, judgement, refused)}
      onClose={onClose}
    />
  )
}

function me({ accountId, name }: TriageActor): Assignee {
  return { id: accountId, name }
}

/** Without the state, which is a tab of its own: another tab is no filter to clear. */
const FILTER_NAMES = [
  'binary',
  'technique',
  'reason',
  'group',
  'host',
  'assignee',
  'score',
  'first',
  'days',
  'from',
  'to',
] as const

function toFilters(facets: DeviationFacets): Filter[] {
  const options = (name: string) => facets[name] ?? []
  return [
    { name: 'binary', label: 'Binary', options: options('binary') },
    { name: 'technique', label: 'Technique', options: options('technique') },
    { name: 'reason', label: 'Reason', options: options('reason') },
    { name: 'group', label: 'Host group', options: options('group') },
    { name: 'host', label: 'Host', options: options('host') },
    { name: 'assignee', label: 'Assignee', options: options('assignee') },
    {
      name: 'score',
      label: 'Score',
      single: true,
      options: options('score')
        .map((option) => ({ ...option, label: `at least ${option.value} bits` }))
        .toSorted(byNumber),
    },
    {
      name: 'first',
      label: 'First seen',
      single: true,
      options: options('first')
        .map((option) => ({
          ...option,
          label:
            option.value === '1' ? 'in the last day of data' : `in the last ${option.value} days of data`,
        }))
        .toSorted(byNumber),
    },
  ]
}

function byNumber(a: { value: string }, b: { value: string }): number {
  return Number(a.value) - Number(b.value)
}

/** Like Enter: the row's own link, with its place in the history. */
function openFocusedRow(): void {
  document.activeElement?.closest('[data-row]')?.querySelector<HTMLElement>('[data-row-link]')?.click()
}

/** A row that was judged leaves the list: the focus then goes to the one in its place. */
function usePlace(rows: readonly DeviationItem[]): (index: number | null) => void {
  const place = useRef<number | null>(null)
  const shown = rows.map(({ id, version }) => `${id}.${version}`).join()
  const before = useRef(shown)
  useEffect(() => {
    if (before.current === shown) return
    before.current = shown
    if (place.current !== null) focusRow(place.current)
    place.current = null
  }, [shown])
  return (index) => {
    place.current = index
  }
}

function Nothing({ hasData, states }: { hasData: boolean; states: readonly string[] }) {
  if (!hasData)
    return (
      <EmptyState
        icon={<TriangleAlert aria-hidden />}
        title="Nothing to compare yet"
        actions={<LinkButton href="/imports">Import logs</LinkButton>}
      >
        Deviations appear once process creations were read and a baseline was computed from them.
      </EmptyState>
    )
  if (!states.some(isTriageState))
    return (
      <EmptyState icon={<TriangleAlert aria-hidden />} title="Nothing waits here">
        No open deviation in the telemetry that was read. What hosts do not report cannot deviate: see their
        coverage under Hosts.
      </EmptyState>
    )
  return (
    <EmptyState icon={<TriangleAlert aria-hidden />} title="Nothing here yet">
      No deviation was judged so yet. Open one and choose its state there, or press its letter: ? lists them.
    </EmptyState>
  )
}
