'use client'

import { Dialog } from '@/components/ui/dialog'
import { PLACES } from './navigation'

const GENERAL = [
  { keys: 'Ctrl K', what: 'Find a host, binary or deviation' },
  { keys: '/', what: 'Search in the list' },
  { keys: '?', what: 'This list' },
  { keys: 'Esc', what: 'Close the panel or dialog' },
]
const LISTS = [
  { keys: 'j  k', what: 'Next row, previous row' },
  { keys: 'Enter', what: 'Open the row; then j k open the next' },
  { keys: 'x', what: 'Select the row' },
]
const TEXTS = [
  { keys: 'Ctrl ⏎', what: 'Send what is written' },
  { keys: 'Esc', what: 'Leave the field' },
]

const DEVIATIONS = [
  { keys: 'o', what: 'Open, as Enter' },
  { keys: 'e', what: 'Expected: normal here' },
  { keys: 'f', what: 'Flag: look into it' },
  { keys: 'm', what: 'Malicious' },
  { keys: 't', what: 'Authorised test' },
  { keys: 'a', what: 'Assign to me' },
  { keys: 'c', what: 'Note something' },
  { keys: 'u', what: 'Undo the last of these' },
  { keys: 'r', what: 'Show what changed' },
]

type ShortcutsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const pages = PLACES.map(({ key, label }) => ({ keys: `g ${key}`, what: label }))
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" width="wide">
      <div className="grid gap-6 sm:grid-cols-3">
        <div className="space-y-4">
          <Keys title="Everywhere" items={GENERAL} />
          <Keys title="In lists" items={LISTS} />
          <Keys title="In texts" items={TEXTS} />
        </div>
        <Keys title="Deviations: open, selected or in focus" items={DEVIATIONS} />
        <Keys title="Go to" items={pages} />
      </div>
    </Dialog>
  )
}

function Keys({ title, items }: { title: string; items: readonly { keys: string; what: string }[] }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <dl className="grid grid-cols-[4.5rem_1fr] gap-y-1">
        {items.map(({ keys, what }) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-sm border bg-surface px-1">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
