import { formatNumber } from '@/components/ui/numbers'
import { InertText } from './inert-text'

/** A record longer than this is cut on the page; its file has the whole. */
const MAX_CHARACTERS = 100_000

/** The record as it was read, laid out for reading: text and nothing else, hidden characters as visible glyphs. */
export function RawEvent({ text }: { text: string | null }) {
  if (text === null) return <p className="mt-3 text-muted">The original record is not kept.</p>
  const laidOut = layOut(text)
  return (
    <details className="mt-3">
      <summary className="cursor-pointer font-medium">Original record</summary>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
        tabIndex={0}
        dir="ltr"
        className="mt-2 max-h-[36rem] overflow-auto rounded border bg-surface p-2 text-small leading-5"
      >
        {laidOut
          .slice(0, MAX_CHARACTERS)
          .split('\n')
          .map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
            <span key={index} className="block min-h-5 whitespace-pre">
              <InertText text={line} />
            </span>
          ))}
      </pre>
      {laidOut.length > MAX_CHARACTERS && (
        <p className="mt-1 text-muted">
          Cut after {formatNumber(MAX_CHARACTERS)} characters of {formatNumber(laidOut.length)}.
        </p>
      )}
    </details>
  )
}

function layOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
