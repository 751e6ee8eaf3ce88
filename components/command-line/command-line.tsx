import { clsx } from 'clsx'
import { CopyButton } from '@/components/ui/copy-button'
import { visible } from '@/lib/pipeline/visible-text'
import { InertText } from './inert-text'
import { type Part, type PartKind, toParts } from './to-parts'

const TONE: Record<PartKind, string> = {
  executable: 'text-code-executable font-semibold',
  switch: 'text-code-switch',
  path: 'text-code-path',
  url: 'text-code-url underline decoration-dotted underline-offset-2',
  masked: 'text-code-masked italic',
  text: 'text-ink',
}

/** Shown of a line in a table cell, in UTF-16 units. */
const ONE_LINE_CHARACTERS = 500
/** Longer than this, in UTF-16 units, it scrolls in a frame of its own. */
const LONG = 3000

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
  const shown = oneLine ? text.slice(0, ONE_LINE_CHARACTERS) : text
  const pieces = cut(shown, parts ?? toParts(text, image))
  if (oneLine) {
    return (
      <code dir="ltr" title={visible(shown)} className="block truncate">
        <Pieces pieces={pieces} />
      </code>
    )
  }
  return (
    <div className="flex items-start gap-1 rounded border bg-surface py-1 pr-1 pl-2">
      <code
        dir="ltr"
        // a scrolling region must be reachable from the keyboard
        {...(text.length > LONG && { tabIndex: 0 })}
        className="wrap-anywhere max-h-96 min-w-0 flex-1 overflow-auto whitespace-pre-wrap py-1 leading-5"
      >
        <Pieces pieces={pieces} />
      </code>
      <CopyButton text={text} label="Copy command line" />
    </div>
  )
}

type Piece = { start: number; text: string; kind: PartKind | null; placeholder?: string }

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ start, text, kind, placeholder }) => (
    <span
      key={start}
      title={placeholder && `Varies: the pattern has ${placeholder} here`}
      className={clsx(
        kind !== null && TONE[kind],
        placeholder !== undefined && 'border-current border-b border-dashed',
      )}
    >
      <InertText text={text} />
    </span>
  ))
}

/** The whole text as pieces in order: parts, and what stands between them. */
function cut(text: string, parts: readonly Part[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const part of [...parts].sort((a, b) => a.start - b.start)) {
    const { start, end } = part
    if (start < at || end <= start || start >= text.length) continue
    if (start > at) pieces.push({ start: at, text: text.slice(at, start), kind: null })
    pieces.push({ ...part, text: text.slice(start, end) })
    at = end
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at), kind: null })
  return pieces
}
