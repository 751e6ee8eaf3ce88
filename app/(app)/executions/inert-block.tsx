import { InertText } from '@/components/command-line/inert-text'
import { formatNumber } from '@/components/ui/numbers'

/** More than this is cut on the page. */
const MAX_CHARACTERS = 100_000

/** Text of several lines as text and nothing else, hidden characters as visible glyphs. */
export function InertBlock({ text, label }: { text: string; label: string }) {
  return (
    <>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
        tabIndex={0}
        className="max-h-[36rem] overflow-auto rounded border bg-surface p-2"
      >
        <pre dir="ltr" className="text-small leading-5">
          {text
            .slice(0, MAX_CHARACTERS)
            .split(/\r\n|\r|\n/)
            .map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
              <span key={index} className="wrap-anywhere block min-h-5 whitespace-pre-wrap">
                <InertText text={line} />
              </span>
            ))}
        </pre>
      </section>
      {text.length > MAX_CHARACTERS && (
        <p className="mt-1 text-muted">
          Cut after {formatNumber(MAX_CHARACTERS)} characters of {formatNumber(text.length)}.
        </p>
      )}
    </>
  )
}
