import { formatNumber } from '@/components/ui/numbers'
import type { SavedView } from '@/lib/store/screens/saved-views'

type Shared = Pick<SavedView, 'shared' | 'isDefault' | 'othersDefaults'>

/** What its owner's deleting a view, or sharing it no longer, takes from whom. */
export function lossWords({ shared, isDefault, othersDefaults }: Shared, what: 'delete' | 'unshare'): string {
  const gone = what === 'delete' ? 'Its filters are kept nowhere else.' : 'It stays yours.'
  const lost = [
    ...(shared ? ['Others can no longer open it.'] : []),
    ...(othersDefaults === 0 ? [] : [defaultWords(othersDefaults)]),
    ...(what === 'delete' && isDefault ? ['Your link to the page opens it as delivered again.'] : []),
  ]
  return [gone, ...lost].join(' ')
}

function defaultWords(others: number): string {
  return others === 1
    ? '1 other person opens the page with it, and gets the page as delivered.'
    : `${formatNumber(others)} other people open the page with it, and get the page as delivered.`
}
