import type { ReactNode } from 'react'
import { SigmaLevelBadge } from '@/components/sigma/level-badge'
import { Details } from '@/components/ui/details'
import { countOf } from '@/components/ui/numbers'
import type { SigmaPreview } from '@/lib/operations/sigma/load-sigma-rules'

const MOST_SHOWN = 500

/** What loading would do, rule by rule. */
export function PlanLists({ preview }: { preview: SigmaPreview }) {
  const { added, changed, unchanged, removed, refused } = preview
  return (
    <>
      <p>
        {countOf(added.length, 'new rule')}, {changed.length} changed, {unchanged} the same, {removed.length}{' '}
        to be removed, {refused.length} refused.
      </p>
      <Part title="Refused" of={refused} keyOf={({ path, reason, title }) => `${path} ${title} ${reason}`}>
        {({ path, title, reason }) => (
          <>
            <span className="font-medium">{title ?? path}</span>: {reason}
            {title !== null && <span className="text-muted"> ({path})</span>}
          </>
        )}
      </Part>
      <Part title="To be removed" of={removed} keyOf={({ id }) => id}>
        {({ title }) => title}
      </Part>
      <Part title="Changed" of={changed} keyOf={({ id }) => id}>
        {({ title, level, fromSet }) => (
          <>
            {title} <SigmaLevelBadge level={level} /> <span className="text-muted">in {fromSet}</span>
          </>
        )}
      </Part>
      <Part title="New" of={added} keyOf={({ id }) => id}>
        {({ title, level, unknownFields }) => (
          <>
            {title} <SigmaLevelBadge level={level} />
            {unknownFields.length > 0 && (
              <span className="text-muted"> asks for {unknownFields.join(', ')}, not stored here</span>
            )}
          </>
        )}
      </Part>
    </>
  )
}

type PartProps<Item> = {
  title: string
  of: readonly Item[]
  keyOf: (item: Item) => string
  children: (item: Item) => ReactNode
}

function Part<Item>({ title, of, keyOf, children }: PartProps<Item>) {
  if (of.length === 0) return null
  return (
    <Details open={of.length <= 20}>
      <summary className="cursor-pointer font-medium">
        {title}: {of.length}
      </summary>
      <ul className="mt-1 max-h-80 overflow-auto rounded border px-3 py-2" aria-label={title}>
        {of.slice(0, MOST_SHOWN).map((item) => (
          <li key={keyOf(item)} className="wrap-anywhere py-0.5">
            {children(item)}
          </li>
        ))}
        {of.length > MOST_SHOWN && <li className="text-muted">and {of.length - MOST_SHOWN} more</li>}
      </ul>
    </Details>
  )
}
