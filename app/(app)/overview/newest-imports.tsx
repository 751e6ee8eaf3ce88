import { InertText } from '@/components/command-line/inert-text'
import { ImportBadge } from '@/components/state/state-badge'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { visible } from '@/lib/pipeline/visible-text'
import type { UploadRow } from '@/lib/store/screens/imports'

/** The latest few imports and what came of them. */
export function NewestImports({ uploads }: { uploads: readonly UploadRow[] }) {
  if (uploads.length === 0) return <p className="text-muted">Nothing was imported that you may see.</p>
  return (
    <ul className="rounded border">
      {uploads.map((upload) => (
        <li
          key={upload.id}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 last:border-b-0"
        >
          <Link
            href={`/imports/${upload.id}`}
            title={visible(upload.name)}
            className="link min-w-40 flex-1 truncate"
          >
            <InertText text={upload.name} />
          </Link>
          <span className="text-muted">
            {countOf(upload.executions, 'new execution')}
            {upload.rejected > 0 && `, ${formatNumber(upload.rejected)} rejected`}
          </span>
          <ImportBadge state={upload.shownState} />
          <span className="w-24 text-right text-muted">
            <RelativeTime at={upload.createdAtUs} />
          </span>
        </li>
      ))}
    </ul>
  )
}
