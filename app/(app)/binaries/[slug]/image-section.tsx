import { Fragment } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { PathText } from '@/components/command-line/path-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import { IMAGES_FROM_RECORDS, type ImageUse, type Masquerading } from '@/lib/store/screens/binary/images'
import { MASQUERADES, type Masquerade } from '@/lib/store/screens/masquerading'

type ImageSectionProps = { images: readonly ImageUse[]; masquerading: Masquerading; query: string }

/** Files that ran as it, and whether they are what they seem. */
export function ImageSection({ images, masquerading, query }: ImageSectionProps) {
  return (
    <Section
      title="Files"
      id="files"
      description={
        <>
          <MasqueradingWords counts={masquerading} query={query} />
          The list is from the newest {formatNumber(IMAGES_FROM_RECORDS)} records of the period.
        </>
      }
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

const WORDS: Record<Masquerade, string> = {
  renamed: 'under another name',
  impostor: 'of another program under its name',
  folder: 'from a folder it does not belong to',
}

/** Each number leads to its executions. */
function MasqueradingWords({ counts, query }: { counts: Masquerading; query: string }) {
  const found = MASQUERADES.filter((kind) => counts[kind] > 0)
  if (found.length === 0) return 'No sign of masquerading where original names and folders are reported. '
  return (
    <>
      Masquerading:{' '}
      {found.map((kind, at) => (
        <Fragment key={kind}>
          {at > 0 && '; '}
          <Link href={`/executions?${query}&masquerading=${kind}`} className="link">
            {countOf(counts[kind], 'execution')} {WORDS[kind]}
          </Link>
        </Fragment>
      ))}
      .{' '}
    </>
  )
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
