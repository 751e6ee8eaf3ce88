import type { ReactNode } from 'react'
import { PageName } from './page-name'
import { withWholeDates } from './whole-dates'

type PageHeaderProps = {
  title: ReactNode
  /** The title as the way to the page has it, where the address has an id. */
  name?: string
  /** A line under the title: what this is, or what is known. */
  description?: ReactNode
  /** Beside the title: badges. */
  badges?: ReactNode
  actions?: ReactNode
}

/** The top of a page's content: a plain noun, and what can be done. */
export function PageHeader({ title, name, description, badges, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-2">
      {name !== undefined && <PageName name={name} />}
      <div className="min-w-[min(22rem,100%)] flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="wrap-anywhere font-semibold text-title">{title}</h1>
          {badges}
        </div>
        {description !== undefined && (
          <div className="mt-0.5 max-w-[90ch] text-muted">{withWholeDates(description)}</div>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  )
}

type SectionProps = {
  title: string
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
  id?: string
}

/** A titled part of a page. */
export function Section({ title, description, actions, children, id }: SectionProps) {
  return (
    <section className="mb-8" id={id}>
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-heading">{title}</h2>
          {description !== undefined && (
            <div className="max-w-[90ch] text-muted">{withWholeDates(description)}</div>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
