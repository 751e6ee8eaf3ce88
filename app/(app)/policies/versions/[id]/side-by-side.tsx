import { clsx } from 'clsx'
import { type LineChange, lineChanges } from '@/lib/pipeline/export/line-changes'

/** Unchanged lines that are shown before and after a change. */
const CONTEXT = 3
/** Rows of one file that are shown. */
const MAX_ROWS = 400

type Line = { number: number; text: string; changed: boolean }
/** A line of each side; null = the other side has none there. A gap stands for unchanged lines. */
type Row = { left: Line | null; right: Line | null } | { gap: number }

type SideBySideProps = { before: string | null; after: string | null; label: string }

/** Two versions of a file, line beside line. */
export function SideBySide({ before, after, label }: SideBySideProps) {
  const rows = toRows(lineChanges(before ?? '', after ?? ''))
  return (
    <section
      aria-label={`Changes of ${label}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
      tabIndex={0}
      className="mt-2 max-h-[40rem] overflow-auto rounded border"
    >
      <table className="w-full table-fixed font-mono text-small">
        <tbody>
          {rows.slice(0, MAX_ROWS).map((row) => (
            <tr key={keyOf(row)}>
              {'gap' in row ? (
                <td colSpan={2} className="bg-surface px-2 text-muted">
                  {row.gap} unchanged lines
                </td>
              ) : (
                <>
                  <Side line={row.left} tone="bg-bad-soft" sign="−" />
                  <Side line={row.right} tone="bg-good-soft" sign="+" />
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MAX_ROWS && (
        <p className="border-t px-2 py-1 text-muted text-small">
          {rows.length - MAX_ROWS} more rows are not shown.
        </p>
      )}
    </section>
  )
}

function Side({ line, tone, sign }: { line: Line | null; tone: string; sign: string }) {
  return (
    <td className={clsx('wrap-anywhere whitespace-pre-wrap px-2 align-top', line?.changed && tone)}>
      {line !== null && `${line.changed ? sign : ' '} ${line.text}`}
    </td>
  )
}

function keyOf(row: Row): string {
  return 'gap' in row ? `gap ${row.gap}` : `${row.left?.number ?? '-'} ${row.right?.number ?? '-'}`
}

/** Removed lines stand beside the added ones that follow them. */
function toRows(changes: readonly LineChange[]): Row[] {
  const rows: Row[] = []
  let [left, right] = [0, 0]
  let waiting: Line[] = []
  const flush = () => {
    for (const line of waiting) rows.push({ left: line, right: null })
    waiting = []
  }
  for (const { kind, text } of changes) {
    if (kind === 'removed') waiting.push({ number: ++left, text, changed: true })
    else if (kind === 'added')
      rows.push({ left: waiting.shift() ?? null, right: { number: ++right, text, changed: true } })
    else {
      flush()
      rows.push({
        left: { number: ++left, text, changed: false },
        right: { number: ++right, text, changed: false },
      })
    }
  }
  flush()
  return withGaps(rows)
}

function isChanged(row: Row | undefined): boolean {
  return row !== undefined && !('gap' in row) && (row.left?.changed === true || row.right?.changed === true)
}

/** Long runs of unchanged lines become one row. */
function withGaps(rows: readonly Row[]): Row[] {
  const isNear = (at: number) => rows.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(isChanged)
  const shown: Row[] = []
  rows.forEach((row, at) => {
    const last = shown.at(-1)
    if (isNear(at)) shown.push(row)
    else if (last !== undefined && 'gap' in last) last.gap++
    else shown.push({ gap: 1 })
  })
  return shown
}
