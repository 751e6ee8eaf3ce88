import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type StateMessageProps = {
  icon?: ReactNode
  title: string
  children?: ReactNode
  /** The next step: buttons or links. */
  actions?: ReactNode
  tone?: 'plain' | 'bad'
  /** It is all that the page says: its title is the page's. */
  isWholePage?: boolean
}

function StateMessage({ icon, title, children, actions, tone = 'plain', isWholePage }: StateMessageProps) {
  const Heading = isWholePage ? 'h1' : 'h2'
  return (
    <div
      className="flex flex-col items-center px-4 py-12 text-center"
      role={tone === 'bad' ? 'alert' : undefined}
    >
      {icon !== undefined && (
        <div className={clsx('mb-3 [&_svg]:size-6', tone === 'bad' ? 'text-bad' : 'text-muted')}>{icon}</div>
      )}
      <Heading className="font-semibold text-heading">{title}</Heading>
      {children !== undefined && <div className="mt-1 max-w-prose text-muted">{children}</div>}
      {actions !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

/** Nothing here yet: what this is, and the next step. */
export function EmptyState(props: Omit<StateMessageProps, 'tone'>) {
  return <StateMessage {...props} />
}

/** What happened, what was kept, what to do. */
export function ErrorState(props: Omit<StateMessageProps, 'tone'>) {
  return <StateMessage tone="bad" {...props} />
}
