'use client'

import { FileUp, Sigma } from 'lucide-react'
import { useState } from 'react'
import { SigmaLevelBadge } from '@/components/sigma/level-badge'
import type { Column, Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { Button, LinkButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Checkbox } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { useAction } from '@/components/ui/use-action'
import { sigmaCode } from '@/lib/pipeline/deviation/reasons/sigma'
import type { SigmaRuleRow } from '@/lib/store/screens/sigma/rules'
import { changeRulesAction } from './actions'

const COLUMNS: readonly Column<SigmaRuleRow>[] = [
  {
    id: 'title',
    header: 'Title',
    sortable: true,
    cell: (row) => (
      <Link
        href={`/sigma/${encodeURIComponent(row.id)}`}
        title={row.title}
        className="block truncate hover:underline"
      >
        {row.title}
      </Link>
    ),
  },
  { id: 'enabled', header: 'On', width: 50, cell: (row) => <RuleSwitch rule={row} /> },
  {
    id: 'level',
    header: 'Level',
    sortable: true,
    sortDescendingFirst: true,
    width: 110,
    cell: (row) => <SigmaLevelBadge level={row.level} />,
  },
  {
    id: 'hits',
    header: 'Hits, 30 days',
    sortable: true,
    sortDescendingFirst: true,
    align: 'right',
    width: 125,
    hint: 'Events that met it in the last 30 days of telemetry',
    cell: (row) => <Hits row={row} />,
  },
  {
    id: 'hosts',
    header: 'Hosts',
    sortable: true,
    sortDescendingFirst: true,
    align: 'right',
    width: 70,
    optional: true,
    cell: (row) => formatNumber(row.hosts),
  },
  { id: 'status', header: 'Status', width: 110, cell: (row) => row.status ?? '' },
  { id: 'category', header: 'Events', width: 140, cell: (row) => row.category.replaceAll('_', ' ') },
  { id: 'set', header: 'Rule set', width: 130, cell: (row) => row.set },
  {
    id: 'modified',
    header: 'Modified',
    sortable: true,
    sortDescendingFirst: true,
    width: 100,
    optional: true,
    cell: (row) => row.modified ?? '',
  },
  {
    id: 'unknown',
    header: 'Not stored',
    width: 120,
    hint: 'Fields that the rule asks for and Cordon does not store: the rule is a hit only where they do not matter',
    cell: (row) =>
      row.unknownFields.length > 0 && (
        <Badge title={row.unknownFields.join(', ')}>{row.unknownFields.join(', ')}</Badge>
      ),
  },
]

function Hits({ row }: { row: SigmaRuleRow }) {
  if (row.hits === 0) return '0'
  const href = `/deviations?state=all&below=yes&reason=${encodeURIComponent(sigmaCode(row.id))}`
  return (
    <Link className="link" href={href} title="Deviations with this reason">
      {formatNumber(row.hits)}
    </Link>
  )
}

function RuleSwitch({ rule }: { rule: SigmaRuleRow }) {
  const { run, busy } = useAction()
  const how = rule.enabled ? 'turn-off' : 'turn-on'
  const done = `${rule.title} is ${rule.enabled ? 'off' : 'on'}; past days are computed again.`
  const what = `Turn the rule ${rule.title} ${rule.enabled ? 'off' : 'on'}`
  return (
    <Checkbox
      className="h-5 align-middle"
      label={<span className="sr-only">{rule.title} is on</span>}
      checked={rule.enabled}
      disabled={busy}
      onChange={() => void run(() => changeRulesAction({ how, ids: [rule.id] }), done, what)}
    />
  )
}

type RulesTableProps = {
  rows: readonly SigmaRuleRow[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

export function RulesTable({ rows, paging, sort, filterNames }: RulesTableProps) {
  return (
    <>
      <div className="mb-2 flex flex-wrap justify-end gap-2">
        <LinkButton variant="primary" href="/settings/sigma/load">
          <FileUp aria-hidden />
          Load rules
        </LinkButton>
      </div>
      <DataTable
        label="rules"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        paging={paging}
        sort={sort}
        filterNames={filterNames}
        bulkActions={(ids, clear) => <BulkChange ids={ids} clear={clear} />}
        empty={<NoRules />}
      />
    </>
  )
}

const VERBS = { 'turn-on': 'Turn on', 'turn-off': 'Turn off', delete: 'Delete' } as const

function BulkChange({ ids, clear }: { ids: readonly string[]; clear: () => void }) {
  const { run, busy } = useAction()
  const [deleting, setDeleting] = useState(false)
  const change = async (how: keyof typeof VERBS, done: string) => {
    const answer = await run(
      () => changeRulesAction({ how, ids: [...ids] }),
      `${countOf(ids.length, 'rule')} ${done}; past days are computed again.`,
      `${VERBS[how]} ${countOf(ids.length, 'rule')}`,
    )
    if (answer.ok) clear()
  }
  return (
    <>
      <Button busy={busy} onClick={() => void change('turn-on', 'on')}>
        Turn on
      </Button>
      <Button busy={busy} onClick={() => void change('turn-off', 'off')}>
        Turn off
      </Button>
      <Button busy={busy} onClick={() => setDeleting(true)}>
        Delete…
      </Button>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title="Delete rules"
        effect={`${countOf(ids.length, 'rule')} and what they add to scores go, also of the past. Loading the files again brings them back.`}
        confirm="Delete"
        onConfirm={() => change('delete', 'deleted')}
      />
    </>
  )
}

function NoRules() {
  return (
    <EmptyState
      icon={<Sigma aria-hidden />}
      title="No Sigma rules yet"
      actions={
        <LinkButton variant="primary" href="/settings/sigma/load">
          Load rules
        </LinkButton>
      }
    >
      Cordon ships none. The SigmaHQ project publishes its rules as zips with every release of its repository
      (SigmaHQ/sigma on GitHub); fetch one on a computer that may, mind its licence, and load the zip here.
      Your own rules are as welcome, as .yml files or a folder.
    </EmptyState>
  )
}
