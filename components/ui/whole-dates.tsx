import type { ReactNode } from 'react'

const DATE = /\d{4}-\d\d-\d\d/

/** Browsers break a line within 2026-01-31, behind a hyphen. */
export function withWholeDates(text: ReactNode): ReactNode {
  const found = typeof text === 'string' ? DATE.exec(text) : null
  if (found === null) return text
  const [date] = found
  return (
    <>
      {found.input.slice(0, found.index)}
      <span className="whitespace-nowrap">{date}</span>
      {withWholeDates(found.input.slice(found.index + date.length))}
    </>
  )
}
