'use client'

import { Suspense, use, useState } from 'react'
import { SuggestionBox } from '@/components/decision/suggestion-box'
import type { ActionAnswer } from '@/components/ui/action-answer'
import { Link } from '@/components/ui/link'
import { Skeleton } from '@/components/ui/skeleton'
import { useAnswer } from '@/components/ui/use-answer'
import type { Choice } from '@/lib/store/screens/decision/form'
import { knownUseAction } from '../actions'
import { type DraftValues, placesOf, placesWords } from './draft-values'
import type { KnownUse } from './known-words'

type KnownAsideProps = {
  slug: string
  values: DraftValues
  groups: readonly Choice[]
  /** On all hosts in sight. */
  everywhere: Promise<KnownUse>
}

/** What is known of the binary's use where the decision is to hold, as that is chosen. */
export function KnownAside({ slug, values, groups, everywhere }: KnownAsideProps) {
  const places = placesOf(values)
  const key = places.kind === 'fleet' ? null : JSON.stringify(places)
  const answer = useAnswer(key, () => knownUseAction(slug, places))
  const last = useLast(answer)
  return (
    <aside aria-label="What is known" className="h-fit rounded border p-3">
      <h2 className="font-semibold text-heading">What is known</h2>
      <div aria-live="polite" aria-busy={key !== null && answer === null}>
        <p className="mb-2 text-muted text-small">{placesWords(values, groups)}</p>
        {key === null ? (
          <Suspense fallback={<Skeleton className="h-40" />}>
            <Everywhere known={everywhere} />
          </Suspense>
        ) : answer === null ? (
          <Skeleton className="h-40" />
        ) : answer.ok ? (
          <Known known={answer.value} />
        ) : (
          <>
            <p className="wrap-anywhere mb-2 text-warn">{answer.message}</p>
            {last !== null && (
              <>
                <p className="mb-2 text-muted text-small">Before that:</p>
                <Known known={last} />
              </>
            )}
          </>
        )}
      </div>
      <p className="mt-2">
        <Link href={`/binaries/${encodeURIComponent(slug)}`} className="text-accent hover:underline">
          Whether it is needed, and what a block would interrupt
        </Link>
      </p>
    </aside>
  )
}

/** The newest that was known: what cannot be told now does not take it away. */
function useLast(answer: ActionAnswer<KnownUse> | null): KnownUse | null {
  const [last, setLast] = useState<KnownUse | null>(null)
  const known = answer?.ok ? answer.value : null
  if (known !== null && known !== last) setLast(known)
  return known ?? last
}

function Everywhere({ known }: { known: Promise<KnownUse> }) {
  return <Known known={use(known)} />
}

function Known({ known: { lines, suggestion } }: { known: KnownUse }) {
  return (
    <div className="space-y-2">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {suggestion && <SuggestionBox label="Suggestion" suggestion={suggestion} />}
    </div>
  )
}
