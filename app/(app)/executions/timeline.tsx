'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { useState } from 'react'
import { useTableUrl } from '@/components/table/use-table-url'
import { formatNumber } from '@/components/ui/numbers'

/** Executions from one day to another, both included ('YYYY-MM-DD'). */
export type Bucket = { from: string; to: string; executions: number }

type TimelineProps = {
  buckets: readonly Bucket[]
  /** What the chart answers. */
  title: string
}

/** Bars by time: a click shows one bar's days, dragging over several shows theirs. */
export function Timeline({ buckets, title }: TimelineProps) {
  const url = useTableUrl()
  const [drag, setDrag] = useState<{ start: number; end: number } | null>(null)
  const most = Math.max(1, ...buckets.map(({ executions }) => executions))
  const [low, high] =
    drag === null ? [-1, -1] : [Math.min(drag.start, drag.end), Math.max(drag.start, drag.end)]
  const finish = () => {
    const from = buckets[low]?.from
    const to = buckets[high]?.to
    // a click on one bar is its link's
    if (low !== high && from && to) url.go({ from, to, days: null })
    setDrag(null)
  }
  return (
    <figure className="m-0 mb-3" aria-label={title}>
      <figcaption className="mb-1 flex gap-2 text-muted text-small">
        <span className="flex-1">{title}</span>
        <span>at most {formatNumber(most)} a bar; drag over bars to narrow the time</span>
      </figcaption>
      <div
        className="flex h-16 select-none items-stretch border-b"
        onPointerUp={finish}
        onPointerLeave={() => setDrag(null)}
      >
        {buckets.map((bucket, index) => (
          <Link
            key={bucket.from}
            href={url.href({ from: bucket.from, to: bucket.to, days: null })}
            scroll={false}
            draggable={false}
            title={`${words(bucket)}: ${formatNumber(bucket.executions)}`}
            aria-label={`${words(bucket)}: ${formatNumber(bucket.executions)} executions`}
            onPointerDown={() => setDrag({ start: index, end: index })}
            onPointerEnter={() => setDrag((current) => current && { ...current, end: index })}
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
      <div className="flex justify-between text-muted text-small">
        <span>{buckets[0]?.from}</span>
        <span>{buckets.length > 1 && buckets.at(-1)?.to}</span>
      </div>
    </figure>
  )
}

function words({ from, to }: Bucket): string {
  return from === to ? from : `${from} to ${to}`
}
