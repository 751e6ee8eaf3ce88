import { toRuns } from '@/lib/pipeline/visible-text'
import { InertText } from './inert-text'

/**
 * A path or other long name in one line, shortened in the middle: its last part stays; selecting copies it whole.
 * Hidden characters are visible, and none makes the end of a name look like another.
 */
export function PathText({ path }: { path: string }) {
  const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  // a last part as long as this would not leave room for the rest
  const tail = path.length - cut > 60 ? path.slice(-30) : path.slice(Math.max(cut, 0))
  const head = path.slice(0, path.length - tail.length)
  const whole = toRuns(path)
    .map(({ text }) => text)
    .join('')
  return (
    <span title={whole} className="inline-flex max-w-full align-bottom font-mono text-small">
      <span className="truncate whitespace-pre">
        <InertText text={head} />
      </span>
      <span className="shrink-0 whitespace-pre">
        <InertText text={tail} />
      </span>
    </span>
  )
}
