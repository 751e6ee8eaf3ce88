import { clsx } from 'clsx'
import { visible } from '@/lib/pipeline/visible-text'
import { InertText } from './inert-text'

/** Of a name's end: what tells srv-web-0003 from srv-web-0004. */
const NAME_END = 5

type CutInMiddleProps = {
  /** Shortened where the line is too narrow. */
  head: string
  /** Shortened only where it does not fit alone. */
  tail: string
  /** Shown on hover. */
  whole?: string
  className?: string
}

/** A text in one line whose end stays; selecting copies it whole. Hidden characters are visible, and none makes one end look like another. */
export function CutInMiddle({ head, tail, whole = head + tail, className }: CutInMiddleProps) {
  return (
    <span title={visible(whole)} className={clsx('inline-flex max-w-full align-bottom', className)}>
      <span className="truncate whitespace-pre">
        <InertText text={head} />
      </span>
      <span className="max-w-full shrink-0 truncate whitespace-pre">
        <InertText text={tail} />
      </span>
    </span>
  )
}

/** A name, such as a host's label: machines of one kind differ at the end of theirs. */
export function NameText({ name, whole = name }: { name: string; whole?: string }) {
  const characters = [...name]
  return (
    <CutInMiddle
      head={characters.slice(0, -NAME_END).join('')}
      tail={characters.slice(-NAME_END).join('')}
      whole={whole}
    />
  )
}
