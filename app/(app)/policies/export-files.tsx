import { Download } from 'lucide-react'
import { CopyButton } from '@/components/ui/copy-button'
import { Details } from '@/components/ui/details'
import { DownloadLink } from '@/components/ui/download-link'
import { formatBytes, formatNumber } from '@/components/ui/numbers'

export type ShownFile = {
  name: string
  about: string
  text: string
  href: string
  sha256?: string
}

/** Lines of a file that are shown; the rest is in the download. */
const MAX_LINES = 80

/** Files one under the other, each opened on demand, with its download. */
export function ExportFiles({ files }: { files: readonly ShownFile[] }) {
  return (
    <ul className="divide-y rounded border">
      {files.map((file) => (
        <li key={file.href} className="px-3 py-2">
          <FileEntry file={file} />
        </li>
      ))}
    </ul>
  )
}

function FileEntry({ file: { name, about, text, href, sha256 } }: { file: ShownFile }) {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const left = lines.length - MAX_LINES
  const shown = left > 0 ? lines.slice(0, MAX_LINES) : lines
  return (
    <div className="flex items-start gap-3">
      <Details className="min-w-0 flex-1">
        <summary className="cursor-pointer">
          <code className="font-medium">{name}</code>
          <span className="ml-3 text-muted">{about}</span>
        </summary>
        {sha256 !== undefined && (
          <p className="mt-2 text-muted text-small">
            SHA-256 <code className="wrap-anywhere">{sha256}</code>
          </p>
        )}
        <div className="relative mt-2 rounded border bg-surface">
          <div className="absolute top-1 right-1">
            <CopyButton text={text.replace(/^\ufeff/, '')} label={`Copy ${name}`} />
          </div>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
            tabIndex={0}
            className="wrap-anywhere max-h-96 overflow-auto whitespace-pre-wrap p-2 pr-10 text-small"
          >
            {shown.join('\n')}
          </pre>
          {left > 0 && (
            <p className="border-t px-2 py-1 text-muted text-small">
              {formatNumber(left)} more lines are in the download.
            </p>
          )}
        </div>
      </Details>
      <span className="whitespace-nowrap py-1 text-muted text-small">{formatBytes(text.length)}</span>
      <DownloadLink href={href} aria-label={`Download ${name}`} icon={<Download aria-hidden />}>
        Download
      </DownloadLink>
    </div>
  )
}
