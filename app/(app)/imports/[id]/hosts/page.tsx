import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FilterBar } from '@/components/table/filter-bar'
import { requireActor } from '@/lib/access/current-actor'
import { TELEMETRY_KINDS } from '@/lib/pipeline/event/event'
import {
  areHostsNoted,
  IMPORT_HOST_FILTERS,
  IMPORT_HOST_SORTS,
  listExecutionFiles,
  listImportHosts,
} from '@/lib/store/screens/import-hosts'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { KIND_WORDS } from '../../../hosts/[id]/coverage-rows'
import { isUploadId } from '../upload-id'
import { HostsTable } from './hosts-table'
import { noHostsWords } from './no-hosts-words'

export const metadata: Metadata = { title: 'Hosts of an import' }

const FILTERS = [
  {
    name: 'kind',
    label: 'Tells of',
    options: TELEMETRY_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
  },
]

type HostsPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export default async function ImportHostsPage({ params, searchParams }: HostsPageProps) {
  const actor = await requireActor()
  const { id } = await params
  if (!isUploadId(id)) notFound()
  const request = parseTableRequest(await searchParams, {
    sorts: IMPORT_HOST_SORTS,
    defaultSort: 'name',
    defaultDescending: false,
    filters: IMPORT_HOST_FILTERS,
  })
  const viewer = importViewer(actor)
  const [upload, { rows, total }, complete, fileIds] = await Promise.all([
    findUpload(viewer, id),
    listImportHosts(viewer, id, request),
    areHostsNoted(id),
    listExecutionFiles(viewer, id),
  ])
  if (!upload) notFound()
  return (
    <>
      <FilterBar searchLabel="Search host names" filters={FILTERS} />
      {!complete && total > 0 && (
        <p className="mb-2 text-muted">
          Some of it was read before Cordon noted what an import tells of hosts: of that, hosts are listed of
          which it brought executions, and those alone are told.
        </p>
      )}
      <HostsTable
        rows={rows}
        fileIds={fileIds}
        nothing={noHostsWords({ ...upload, complete, seesAll: viewer.scope.kind === 'all' })}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...IMPORT_HOST_FILTERS]}
      />
    </>
  )
}
