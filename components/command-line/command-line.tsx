import { clsx } from 'clsx'
import { CopyButton } from '@/components/ui/copy-button'
import { toRuns } from './glyphs'
import { type Part, type PartKind, toParts } from './to-parts'

const TONE: Record<PartKind, string> = {
  executable: 'text-code-executable font-semibold',
  switch: 'text-code-switch',
  path: 'text-code-path',
  url: 'text-code-url underline decoration-dotted underline-offset-2',
  masked: 'text-code-masked italic',
  text: 'text-ink',
}

type CommandLineProps = {
  /** As recorded; null where the host sends no command lines. */
  text: string | null
  /** The image that ran, which tells whether the text starts with it. */
  image?: string
  /** Stretches set apart; without them they are found by splitting as Windows does. */
  parts?: readonly Part[]
  /** One line, cut at the end, for table cells. */
  oneLine?: boolean
}

/** A command line set like code: wraps between arguments, shows hidden characters as glyphs, interprets nothing. */
export function CommandLine({ text, image, parts, oneLine = false }: CommandLineProps) {
  if (text === null) return <span className="text-muted">no command line reported</span>
  const pieces = cut(text, parts ?? toParts(text, image))
  if (oneLine) {
    return (
      <code dir="ltr" title={visible(text)} className="block truncate">
        <Pieces pieces={pieces} />
      </code>
    )
  }
  return (
    <div className="flex items-start gap-1 rounded border bg-surface py-1 pr-1 pl-2">
      <code dir="ltr" className="wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap py-1 leading-5">
        <Pieces pieces={pieces} />
      </code>
      <CopyButton text={text} label="Copy command line" />
    </div>
  )
}

type Piece = { start: number; text: string; kind: PartKind | null }

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece) => (
    // isolated, so that no right-to-left character rearranges its neighbours
    <bdi key={piece.start} dir="ltr" className={clsx(piece.kind !== null && TONE[piece.kind])}>
      {toRuns(piece.text).map((run) =>
        run.hidden ? (
          <mark
            key={run.at}
            title="A character that would be invisible"
            className="rounded-sm bg-bad-soft px-0.5 text-bad"
          >
            {run.text}
          </mark>
        ) : (
          run.text
        ),
      )}
    </bdi>
  ))
}

/** The whole text as pieces in order: parts, and what stands between them. */
function cut(text: string, parts: readonly Part[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end, kind } of [...parts].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start) continue
    if (start > at) pieces.push({ start: at, text: text.slice(at, start), kind: null })
    pieces.push({ start, text: text.slice(start, end), kind })
    at = end
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at), kind: null })
  return pieces
}

function visible(text: string): string {
  return toRuns(text)
    .map((run) => run.text)
    .join('')
}
