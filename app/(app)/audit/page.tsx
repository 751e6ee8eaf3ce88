import type { Metadata } from 'next'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { countAuditFacets, listAuditEntries, parseAuditRequest } from '@/lib/store/screens/audit'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { AuditTable } from './audit-table'
import { ChainCheck } from './chain-check'

export const metadata: Metadata = { title: 'Audit log' }

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireActor('view-audit')
  const request = parseAuditRequest(await searchParams)
  const [{ rows, next }, facets] = await Promise.all([listAuditEntries(request), countAuditFacets()])
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who changed what, and when. Entries are only ever added; each carries the hash of the one before it, so a changed or missing one shows."
        actions={<ChainCheck />}
      />
      <AuditTable
        rows={rows}
        after={request.after}
        next={next}
        sort={{ id: request.sort, descending: request.descending }}
        facets={facets}
      />
    </>
  )
}
