import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FilterBar } from '@/components/table/filter-bar'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { listRejections, parseRejectionRequest, REJECTION_FILTERS } from '@/lib/store/screens/import-files'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { isUploadId } from '../upload-id'
import { RejectionsTable } from './rejections-table'

export const metadata: Metadata = { title: 'Rejected records' }

type RejectionsPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export default async function RejectionsPage({ params, searchParams }: RejectionsPageProps) {
  const actor = await requireActor()
  const { id } = await params
  if (!isUploadId(id)) notFound()
  const request = parseRejectionRequest(await searchParams)
  const viewer = importViewer(actor)
  const [{ rows, total }, upload] = await Promise.all([
    listRejections(viewer, id, request),
    findUpload(viewer, id),
  ])
  const all = request.q === '' && request.filters['file'] === undefined
  const unlisted = all && upload !== null ? upload.rejected + upload.damaged - total : 0
  return (
    <>
      <FilterBar searchLabel="Search reasons" filters={[]} linked={[{ name: 'file', label: 'File' }]} />
      {unlisted > 0 && (
        <p className="mb-2 text-muted">
          {countOf(unlisted, 'more record')} {unlisted === 1 ? 'was' : 'were'} rejected and only counted: of
          each file, the first 10,000 are kept.
        </p>
      )}
      {upload !== null && upload.damaged > 0 && (
        <p className="mb-2 text-muted">
          {countOf(upload.damaged, 'damaged place')} in its files{' '}
          {upload.damaged === 1 ? 'is listed here too, and counts' : 'are listed here too, and count'} as no
          rejected record.
        </p>
      )}
      {upload !== null && upload.rejected > 0 && actorMay(actor, 'import') && (
        <p className="mb-2 text-muted">
          Where a reason names a remedy,{' '}
          <Link href="/imports" className="link">
            import the file again
          </Link>{' '}
          with it: what is stored already stays as it is.
        </p>
      )}
      <RejectionsTable
        uploadId={id}
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        filterNames={[...REJECTION_FILTERS]}
      />
    </>
  )
}
