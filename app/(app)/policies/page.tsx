import { FileLock2 } from 'lucide-react'
import type { Metadata } from 'next'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { LinkButton } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import type { ControlPolicies } from '@/lib/pipeline/export/policy/policy'
import { policiesToday } from './policies-today'

export const metadata: Metadata = { title: 'Policies' }

export default async function PoliciesPage() {
  const { controls, decisions } = await policiesToday()
  if (decisions.size === 0) return <NoPolicies />
  return (
    <PlainTable
      label="controls"
      columns={COLUMNS}
      rows={controls}
      rowId={({ control }) => control}
      empty="No control is known."
      note="Numbers are of decisions in audit, approved or in force today."
    />
  )
}

const COLUMNS: readonly PlainColumn<ControlPolicies>[] = [
  {
    id: 'control',
    header: 'Control',
    cell: ({ control, label, decisionIds }) =>
      decisionIds.length === 0 ? (
        <span className="text-muted">{label}</span>
      ) : (
        <Link href={`/policies/${control}`} className="font-medium hover:underline">
          {label}
        </Link>
      ),
  },
  { id: 'decisions', header: 'Decisions', align: 'right', cell: (row) => count(row.decisionIds.length) },
  { id: 'audit', header: 'Audit policies', align: 'right', cell: (row) => count(inMode(row, 'audit')) },
  {
    id: 'enforce',
    header: 'Enforced policies',
    align: 'right',
    cell: (row) => count(inMode(row, 'enforce')),
  },
  {
    id: 'held',
    header: 'Held back',
    hint: 'Decisions that are in no enforced policy, because it would block what they spare',
    align: 'right',
    cell: (row) => count(ofKind(row, 'held-back')),
  },
  {
    id: 'waiting',
    header: 'Waiting',
    hint: 'Decisions of which no ring is audited or enforced, or that the control cannot audit',
    align: 'right',
    cell: (row) => count(ofKind(row, 'waiting')),
  },
  {
    id: 'refused',
    header: 'Not possible',
    hint: 'Decisions that the control cannot carry out',
    align: 'right',
    cell: (row) => count(ofKind(row, 'refused')),
  },
]

function count(value: number) {
  return value === 0 ? <span className="text-muted">0</span> : formatNumber(value)
}

function inMode({ policies }: ControlPolicies, mode: string): number {
  return policies.filter((policy) => policy.mode === mode).length
}

function ofKind({ limits }: ControlPolicies, kind: string): number {
  return new Set(limits.filter((limit) => limit.kind === kind).map(({ decisionId }) => decisionId)).size
}

function NoPolicies() {
  return (
    <EmptyState
      icon={<FileLock2 aria-hidden />}
      title="No decision is carried out yet"
      actions={
        <>
          <LinkButton href="/decisions">Decisions</LinkButton>
          <LinkButton href="/policies/collection">Collection</LinkButton>
        </>
      }
    >
      Once a decision to block is in audit or approved, its policy for App Control, AppLocker, the firewall or
      another control stands here, with what that control cannot say of it and how to take it back. Until
      then, Collection turns on what Cordon needs to know.
    </EmptyState>
  )
}
