import type { Metadata } from 'next'
import { IMPORT_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { importViewer, listUploads, UPLOAD_FILTERS, UPLOAD_SORTS } from '@/lib/store/screens/imports'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { cancelUploadAction, pauseUploadAction, resumeUploadAction } from './actions'
import { CHANNEL_LABELS } from './channel-labels'
import { ImportsTable } from './imports-table'
import { UploadArea } from './upload-area'

export const metadata: Metadata = { title: 'Imports' }

const FILTERS = [
  { name: 'state', label: 'State', options: IMPORT_OPTIONS },
  {
    name: 'channel',
    label: 'Channel',
    options: Object.entries(CHANNEL_LABELS).map(([value, label]) => ({ value, label })),
  },
]

const UPLOAD_ACTIONS = { cancel: cancelUploadAction, pause: pauseUploadAction, resume: resumeUploadAction }

export default async function ImportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const request = parseTableRequest(await searchParams, {
    sorts: UPLOAD_SORTS,
    defaultSort: 'created',
    filters: [...UPLOAD_FILTERS],
  })
  const { rows, total } = await listUploads(importViewer(actor), request)
  return (
    <>
      <PageHeader
        title="Imports"
        description="Event logs handed to Cordon, and what became of each record: stored, already known, or rejected with its reason."
      />
      {actorMay(actor, 'import') && <UploadArea actions={UPLOAD_ACTIONS} />}
      <FilterBar searchLabel="Search names" filters={FILTERS} />
      <ImportsTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...UPLOAD_FILTERS]}
      />
    </>
  )
}
