import { clsx } from 'clsx'
import { Link } from '@/components/ui/link'
import { ANY_STATE } from '@/lib/store/screens/deviations/filter'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { pageHref } from '../page-href'
import { StateCount } from './queue-changes'

const TABS = [
  { state: 'open', label: 'Open' },
  { state: 'flagged', label: 'Flagged' },
  { state: 'expected', label: 'Expected' },
  { state: 'authorised-test', label: 'Authorised test' },
  { state: 'malicious', label: 'Malicious' },
  { state: ANY_STATE, label: 'All' },
] as const

type StateTabsProps = {
  params: SearchParams
  /** Empty = every state. */
  states: readonly string[]
}

/** The states of triage, with how many items each shows at present under the other filters. */
export function StateTabs({ params, states }: StateTabsProps) {
  const { page: _page, open: _open, ...kept } = params
  const isCurrent = (state: string) => (state === ANY_STATE ? states.length === 0 : states.includes(state))
  return (
    <nav aria-label="State" className="mb-3 flex gap-5 overflow-x-auto border-b">
      {TABS.map(({ state, label }) => (
        <Link
          key={state}
          href={pageHref('/deviations', kept, 'state', state === 'open' ? null : state)}
          aria-current={isCurrent(state) ? 'page' : undefined}
          className={clsx(
            '-mb-px whitespace-nowrap border-b-2 px-1 py-1.5 font-medium',
            isCurrent(state) ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {label}
          <StateCount state={state === ANY_STATE ? null : state} />
        </Link>
      ))}
    </nav>
  )
}
