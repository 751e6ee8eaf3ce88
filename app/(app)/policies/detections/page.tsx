import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { DownloadLink } from '@/components/ui/download-link'
import { Section } from '@/components/ui/page-header'
import type { DetectionLanguage } from '@/lib/pipeline/export/detection/detection'
import { DETECTION_LANGUAGES } from '@/lib/pipeline/export/detection/registry'

export const metadata: Metadata = { title: 'Detections' }

export default function DetectionsPage() {
  return (
    <Section
      title="Each binary outside its baseline"
      description="A rule for every watched binary: started by a parent, or with a command line, that no host in sight normally uses. It is coarser than the score here, which knows each host: names and texts of command lines only. A detection of what each decision forbids comes with the policies."
      actions={
        <DownloadLink href="/api/policies/detections" icon={<Download aria-hidden />}>
          Download detections
        </DownloadLink>
      }
    >
      <PlainTable
        label="languages"
        columns={COLUMNS}
        rows={DETECTION_LANGUAGES}
        rowId={({ id }) => id}
        empty="No language is known."
        note="Made of the last 90 days that there is data for, when it is downloaded."
      />
    </Section>
  )
}

const COLUMNS: readonly PlainColumn<DetectionLanguage>[] = [
  { id: 'language', header: 'Language', cell: ({ label }) => label },
  { id: 'folder', header: 'Folder', cell: ({ id }) => <code>{id}</code> },
  { id: 'deploy', header: 'What to do with it', wide: true, cell: ({ deploy }) => deploy.join(' ') },
]
