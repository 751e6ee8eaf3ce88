import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FilterBar } from '@/components/table/filter-bar'
import { requireActor } from '@/lib/access/current-actor'
import { listRejections, REJECTION_FILTERS } from '@/lib/store/screens/import-files'
import { importViewer } from '@/lib/store/screens/imports'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { isUploadId } from '../upload-id'
import { RejectionsTable } from './rejections-table'

export const metadata: Metadata = { title: 'Rejected records' }

type RejectionsPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export default async function RejectionsPage({ params, searchParams }: RejectionsPageProps) {
  const actor = await requireActor()
  const { id } = await params
  if (!isUploadId(id)) notFound()
  const request = parseTableRequest(await searchParams, {
    sorts: ['path'],
    defaultSort: 'path',
    filters: [...REJECTION_FILTERS],
  })
  const { rows, total } = await listRejections(importViewer(actor), id, request)
  return (
    <>
      <FilterBar searchLabel="Search reasons" filters={[]} linked={[{ name: 'file', label: 'File' }]} />
      <RejectionsTable
        uploadId={id}
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        filterNames={[...REJECTION_FILTERS]}
      />
    </>
  )
}
