import type { ReactNode } from 'react'

type KeyValue = { label: string; value: ReactNode }

/** Names and values, aligned for comparing; a value that is null is said to be unknown. */
export function KeyValueList({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {items.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words">{value ?? <span className="text-muted">not reported</span>}</dd>
        </div>
      ))}
    </dl>
  )
}
