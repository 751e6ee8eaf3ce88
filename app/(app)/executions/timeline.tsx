'use client'

import { clsx } from 'clsx'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTableUrl } from '@/components/table/use-table-url'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'

/** Executions from one day or moment to another, as the URL takes them: days are both included. */
export type Bucket = { from: string; to: string; executions: number }

type TimelineProps = {
  buckets: readonly Bucket[]
  /** What the chart answers. */
  title: string
}

type Range = { start: number; end: number }

/**
 * Bars by time: a click shows one bar's time, dragging over several shows theirs. By keyboard: arrows go from bar to bar, with Shift they
 * take bars along, Enter shows them. The same numbers stand in a table.
 */
export function Timeline({ buckets, title }: TimelineProps) {
  const url = useTableUrl()
  const [range, setRange] = useState<Range | null>(null)
  const [dragging, setDragging] = useState(false)
  const [focused, setFocused] = useState(buckets.length - 1)
  const bars = useRef<HTMLDivElement>(null)
  const most = Math.max(1, ...buckets.map(({ executions }) => executions))
  const [low, high] =
    range === null ? [-1, -1] : [Math.min(range.start, range.end), Math.max(range.start, range.end)]
  const reset = () => {
    setRange(null)
    setDragging(false)
  }
  const show = () => {
    const from = buckets[low]?.from
    const to = buckets[high]?.to
    // a click on one bar is its link's
    if (low !== high && from && to) url.go({ from, to, days: null })
    reset()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && range !== null) return take(event, reset)
    if (event.key === 'Enter' && low !== high) return take(event, show)
    const next = nextBar(event.key, focused, buckets.length)
    if (next === null) return
    take(event, () => {
      setRange(event.shiftKey ? { start: range?.start ?? focused, end: next } : null)
      setFocused(next)
      bars.current?.querySelectorAll('a')[next]?.focus()
    })
  }
  return (
    <figure className="m-0 mb-3" aria-label={title}>
      <figcaption className="mb-1 flex flex-wrap gap-x-2 text-muted text-small">
        <span className="flex-1 max-xl:basis-full">{title}</span>
        <span aria-live="polite">
          {low === high
            ? `at most ${formatNumber(most)} a bar; drag over bars, or Shift with arrows and Enter, to narrow the time`
            : `${words({ from: buckets[low]?.from ?? '', to: buckets[high]?.to ?? '' })}: ${formatNumber(sum(buckets.slice(low, high + 1)))}`}
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what is operated */}
      <div
        ref={bars}
        className="flex h-16 touch-none select-none items-stretch border-b"
        onPointerUp={show}
        onPointerLeave={() => dragging && reset()}
        onKeyDown={onKeyDown}
      >
        {buckets.map((bucket, index) => (
          <Link
            key={bucket.from}
            href={url.href({ from: bucket.from, to: bucket.to, days: null })}
            scroll={false}
            draggable={false}
            tabIndex={index === focused ? 0 : -1}
            title={`${words(bucket)} UTC: ${formatNumber(bucket.executions)}`}
            aria-label={`${words(bucket)} UTC: ${countOf(bucket.executions, 'execution')}`}
            onFocus={() => setFocused(index)}
            onPointerDown={() => {
              setRange({ start: index, end: index })
              setDragging(true)
            }}
            onPointerEnter={() => dragging && setRange((current) => current && { ...current, end: index })}
            className={clsx(
              'flex min-w-0 max-w-16 flex-1 items-end px-px hover:bg-hover',
              index >= low && index <= high && 'bg-selected',
            )}
          >
            <span
              className="block w-full bg-(--series-1)"
              style={{
                height: bucket.executions === 0 ? 0 : `max(2px, ${(bucket.executions / most) * 100}%)`,
              }}
            />
          </Link>
        ))}
      </div>
      <Ends buckets={buckets} />
      <BarTable buckets={buckets} title={title} href={url.href} />
    </figure>
  )
}

function Ends({ buckets }: Pick<TimelineProps, 'buckets'>) {
  return (
    <div
      className="flex justify-between text-muted text-small"
      // below the bars, which are 4 rem wide at most
      style={{ maxWidth: `max(16rem, ${buckets.length * 4}rem)` }}
    >
      <span>{buckets[0]?.from.replace('T', ' ')}</span>
      <span>{buckets.length > 1 && buckets.at(-1)?.to.replace('T', ' ')}</span>
    </div>
  )
}

type BarTableProps = TimelineProps & { href: ReturnType<typeof useTableUrl>['href'] }

function BarTable({ buckets, title, href }: BarTableProps) {
  const [open, setOpen] = useState(false)
  const details = useRef<HTMLDetailsElement>(null)
  // opened before the page's scripts took over
  useEffect(() => setOpen(details.current?.open === true), [])
  return (
    <Details ref={details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-muted text-small">As a table</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
        <section aria-label={title} tabIndex={0} className="max-h-60 w-fit overflow-auto rounded border">
          <table aria-label={title}>
            <tbody>
              {buckets.map((bucket) => (
                <tr key={bucket.from}>
                  <th scope="row" className="px-2 text-left font-normal">
                    <Link
                      className="link"
                      scroll={false}
                      href={href({ from: bucket.from, to: bucket.to, days: null })}
                    >
                      {words(bucket)}
                    </Link>
                  </th>
                  <td className="px-2 text-right">{formatNumber(bucket.executions)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Details>
  )
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault()
  event.stopPropagation()
  act()
}

function nextBar(key: string, at: number, bars: number): number | null {
  if (key === 'ArrowLeft') return Math.max(0, at - 1)
  if (key === 'ArrowRight') return Math.min(bars - 1, at + 1)
  if (key === 'Home') return 0
  return key === 'End' ? bars - 1 : null
}

function sum(buckets: readonly Bucket[]): number {
  return buckets.reduce((total, { executions }) => total + executions, 0)
}

function words({ from, to }: Pick<Bucket, 'from' | 'to'>): string {
  return from === to ? from : `${from.replace('T', ' ')} to ${to.replace('T', ' ')}`
}
