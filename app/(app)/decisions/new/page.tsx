import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { readBlockParams } from '@/lib/pipeline/decision/block-url'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { findEntryFacts, findLastRings } from '@/lib/store/screens/decision/form'
import { findDecision } from '@/lib/store/screens/decisions'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { DraftPage } from '../draft-form/draft-page'
import { emptyValues, usualReview, valuesOf, valuesOfBlock } from '../draft-form/initial-values'

export const metadata: Metadata = { title: 'New decision' }

export default async function NewDecisionPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor('propose')
  const asked = await searchParams
  const { binary, renews } = asked
  const entry = typeof binary === 'string' ? await findEntryFacts(binary) : null
  if (!entry) notFound()
  const renewed =
    typeof renews === 'string' && /^\d{1,9}$/.test(renews)
      ? await findDecision(actor.scope, Number(renews), judgeOf(actor))
      : null
  const { effect, control, ...terms } = readBlockParams((name) => [asked[name] ?? []].flat())
  const rings = await findLastRings(actor.scope, effect === null || control === null ? null : terms)
  const empty = emptyValues(actor.scope.kind === 'all', rings)
  const initial =
    renewed === null
      ? effect === null || control === null
        ? empty
        : await valuesOfBlock(actor.scope, { slug: entry.slug, effect, ...terms }, control, empty)
      : { ...(await valuesOf(actor.scope, renewed)), reviewOn: usualReview(), expiresOn: '' }
  return (
    <>
      <PageHeader
        title={
          <>
            {renewed === null ? 'Decide on ' : 'Renew the decision on '}
            <Link href={`/binaries/${encodeURIComponent(entry.slug)}`} className="hover:underline">
              {entry.name}
            </Link>
          </>
        }
        description={
          renewed === null
            ? 'Nothing is asked of anybody before you propose it.'
            : 'A renewal is a decision again: on today’s evidence, approved by a manager. It takes the place of the old one, which goes on until the new one is enforced on all of its rings.'
        }
      />
      <DraftPage entry={entry} actor={actor} initial={initial} target={null} renewsId={renewed?.id ?? null} />
    </>
  )
}
