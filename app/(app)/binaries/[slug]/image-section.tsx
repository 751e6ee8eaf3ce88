import { InertText } from '@/components/command-line/inert-text'
import { PathText } from '@/components/command-line/path-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import { IMAGES_FROM_RECORDS, type ImageUse, type Masquerading } from '@/lib/store/screens/binary/images'

type ImageSectionProps = { images: readonly ImageUse[]; masquerading: Masquerading; query: string }

/** Files that ran as it, and whether they are what they seem. */
export function ImageSection({ images, masquerading, query }: ImageSectionProps) {
  return (
    <Section
      title="Files"
      id="files"
      description={`${masqueradingWords(masquerading)} The list is from the newest ${formatNumber(IMAGES_FROM_RECORDS)} records of the period.`}
    >
      <PlainTable
        label="files"
        columns={imageColumns(query)}
        rows={images}
        rowId={(row) => row.id}
        empty="Not used in this period."
      />
    </Section>
  )
}

function masqueradingWords({ renamed, impostor, wrongFolder }: Masquerading): string {
  const found = [
    renamed > 0 && `${countOf(renamed, 'execution')} under another name`,
    impostor > 0 && `${countOf(impostor, 'execution')} of another program under its name`,
    wrongFolder > 0 && `${countOf(wrongFolder, 'execution')} from a folder it does not belong to`,
  ].filter((part) => part !== false)
  return found.length === 0
    ? 'No sign of masquerading where original names and folders are reported.'
    : `Masquerading: ${found.join('; ')}.`
}

function imageColumns(query: string): PlainColumn<ImageUse>[] {
  return [
    {
      id: 'path',
      header: 'Image',
      wide: true,
      cell: (row) => (
        <Link href={`/executions?${query}&image=${encodeURIComponent(row.path)}`} className="hover:underline">
          <PathText path={row.path} />
        </Link>
      ),
    },
    {
      id: 'signs',
      header: 'Masquerading',
      cell: (row) => (
        <span className="flex gap-1">
          {row.renamed && <Badge tone="bad">renamed</Badge>}
          {row.folderExpected === false && <Badge tone="warn">unexpected folder</Badge>}
          {row.deceptive && <Badge tone="bad">deceptive characters</Badge>}
        </span>
      ),
    },
    {
      id: 'original',
      header: 'Original name',
      cell: (row) => row.originalFileName ?? <span className="text-muted">not reported</span>,
    },
    {
      id: 'signer',
      header: 'Signed by',
      cell: (row) =>
        row.signer === null ? (
          <span className="text-muted">not reported</span>
        ) : (
          <InertText text={row.signer} />
        ),
    },
    { id: 'hash', header: 'Hash', cell: (row) => <Hash image={row} /> },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
    { id: 'first', header: 'First seen', cell: (row) => <RelativeTime at={row.firstAt} /> },
    { id: 'last', header: 'Last seen', cell: (row) => <RelativeTime at={row.lastAt} /> },
  ]
}

function Hash({ image }: { image: ImageUse }) {
  const hash = image.sha256 ?? image.sha1 ?? image.md5
  if (hash === null) return <span className="text-muted">not reported</span>
  return (
    <code title={hash} className="text-small">
      {hash.slice(0, 12)}…
    </code>
  )
}
