import { Download, History } from 'lucide-react'
import type { Metadata } from 'next'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { DownloadLink } from '@/components/ui/download-link'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { Timestamp } from '@/components/ui/time'
import { requireActor } from '@/lib/access/current-actor'
import { listPolicyVersions, type PolicyVersionRow } from '@/lib/store/screens/policies'

export const metadata: Metadata = { title: 'Versions of policies' }

type Row = PolicyVersionRow & { previous: number | null }

export default async function VersionsPage() {
  const { scope } = await requireActor()
  const versions = await listPolicyVersions(scope)
  if (versions.length === 0)
    return (
      <EmptyState icon={<History aria-hidden />} title="No version was kept yet">
        {scope.kind === 'all'
          ? 'Whenever policies are downloaded and are other than before, they are kept here as a version, to be compared and downloaded again.'
          : 'Versions hold the decisions for all hosts: they are shown to those who see all of them.'}
      </EmptyState>
    )
  const rows = versions.map((version, at) => ({ ...version, previous: versions[at + 1]?.id ?? null }))
  return (
    <PlainTable
      label="versions"
      columns={COLUMNS}
      rows={rows}
      rowId={({ id }) => String(id)}
      empty="No version was kept yet."
    />
  )
}

const COLUMNS: readonly PlainColumn<Row>[] = [
  { id: 'version', header: 'Version', cell: ({ id }) => id },
  { id: 'created', header: 'First downloaded', cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
  { id: 'by', header: 'By', cell: ({ createdBy }) => createdBy },
  { id: 'decisions', header: 'Decisions', align: 'right', cell: (row) => formatNumber(row.decisions.length) },
  { id: 'files', header: 'Files', align: 'right', cell: ({ files }) => formatNumber(files) },
  {
    id: 'hash',
    header: 'SHA-256 of the manifest',
    cell: ({ contentHash }) => <code title={contentHash}>{contentHash.slice(0, 16)}…</code>,
  },
  {
    id: 'compare',
    header: 'Changes',
    cell: ({ id, previous }) =>
      previous === null ? (
        <span className="text-muted">the first</span>
      ) : (
        <Link href={`/policies/versions/${id}?with=${previous}`} className="text-accent hover:underline">
          since version {previous}
        </Link>
      ),
  },
  {
    id: 'download',
    header: 'Download',
    cell: ({ id }) => (
      <DownloadLink
        href={`/api/policies/policies?version=${id}`}
        aria-label={`Download version ${id}`}
        icon={<Download aria-hidden />}
      >
        Download
      </DownloadLink>
    ),
  },
]
