'use client'

import { Fragment } from 'react'
import { useTableUrl } from '@/components/table/use-table-url'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { withWholeDates } from '@/components/ui/whole-dates'
import { addDays } from '@/lib/pipeline/days'
import { LIST_DAYS } from '@/lib/pipeline/periods'
import type { Outside } from '@/lib/store/screens/use-outside'

/** Says how far data go beyond the page's period, and leads to all of them; nothing where the period has them all. */
export function DataBeyond({ outside: { before, after } }: { outside: Outside }) {
  const { href } = useTableUrl()
  if (before === null && after === null) return null
  const ends = [before !== null && `go back to ${before}`, after !== null && `go on to ${after}`]
  const words = `Data ${ends.filter((end) => end !== false).join(' and ')}:`
  return (
    <>
      {' '}
      {withWholeDates(words)}{' '}
      <Link href={href({ days: 'all', from: null, to: null })} className="link">
        look at all of them
      </Link>
      .
    </>
  )
}

/** Where a period has nothing of `what`: where there is something, with links that set the period to there. */
export function NothingInPeriod({ what, outside }: { what: string; outside: Outside }) {
  const { href } = useTableUrl()
  const sides = [
    outside.before !== null && {
      day: outside.before,
      words: 'the newest before it are of',
      from: addDays(outside.before, 1 - LIST_DAYS),
      to: outside.before,
    },
    outside.after !== null && {
      day: outside.after,
      words: 'the first after it are of',
      from: outside.after,
      to: addDays(outside.after, LIST_DAYS - 1),
    },
  ].filter((side) => side !== false)
  if (sides.length === 0) return null
  return (
    <Notice className="mb-4">
      There are no {what} in this period;{' '}
      {sides.map(({ day, words, from, to }, index) => (
        <Fragment key={day}>
          {index > 0 && ', and '}
          {words}{' '}
          <Link href={href({ days: null, from, to })} className="link">
            {day}
          </Link>
        </Fragment>
      ))}
      . Or look at{' '}
      <Link href={href({ days: 'all', from: null, to: null })} className="link">
        all time
      </Link>
      .
    </Notice>
  )
}
