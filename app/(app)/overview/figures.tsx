import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { withWholeDates } from '@/components/ui/whole-dates'

export type Figure = {
  label: string
  value: number
  /** Its rows. */
  href: string
  /** Before the number: a badge. */
  mark?: ReactNode
}

/** A few numbers of one subject, each a link to its rows. */
export function Figures({
  title,
  figures,
  note,
}: {
  title: string
  figures: readonly Figure[]
  note?: ReactNode
}) {
  return (
    <section className="rounded border p-3">
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul>
        {figures.map(({ label, value, href, mark }) => (
          <li key={label}>
            <Link href={href} className="flex items-center gap-2 rounded-sm px-1 py-0.5 hover:bg-hover">
              {mark}
              <span className="flex-1">{label}</span>
              <span className={value === 0 ? 'text-muted' : 'font-semibold'}>{formatNumber(value)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {note !== undefined && <div className="mt-1 px-1 text-muted text-small">{withWholeDates(note)}</div>}
    </section>
  )
}
