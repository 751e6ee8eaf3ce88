import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { IMPORT_OPTIONS } from '@/components/state/state-badge'
import { FilterBar } from '@/components/table/filter-bar'
import { requireActor } from '@/lib/access/current-actor'
import { explainUploadFiles, FILE_FILTERS, FILE_SORTS, FILE_STATES } from '@/lib/store/screens/import-files'
import { importViewer } from '@/lib/store/screens/imports'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { FilesTable } from './files-table'
import { isUploadId } from './upload-id'

export const metadata: Metadata = { title: 'Import' }

const FILTERS = [
  {
    name: 'state',
    label: 'State',
    options: IMPORT_OPTIONS.filter(({ value }) => FILE_STATES.includes(value)),
  },
]

type ImportPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export default async function ImportPage({ params, searchParams }: ImportPageProps) {
  const actor = await requireActor()
  const { id } = await params
  if (!isUploadId(id)) notFound()
  const request = parseTableRequest(await searchParams, {
    sorts: FILE_SORTS,
    defaultSort: 'path',
    defaultDescending: false,
    filters: [...FILE_FILTERS],
  })
  const { rows, total } = await explainUploadFiles(importViewer(actor), id, request)
  return (
    <>
      <FilterBar searchLabel="Search paths" filters={FILTERS} />
      <FilesTable
        uploadId={id}
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...FILE_FILTERS]}
      />
    </>
  )
}
