import { Section } from '@/components/ui/page-header'
import type { Scope } from '@/lib/pipeline/actor'
import { listDeviationChanges, listDeviationRulings } from '@/lib/store/screens/deviations/history'
import { ChangeList } from './change-list'
import { NoteForm } from './note-form'
import type { Target } from './own-changes'
import { RulingList } from './ruling-list'

type WhatWasSaidProps = { scope: Scope; target: Target; mayTriage: boolean }

/** What people said of an item: what that taught, and what was done and noted. */
export async function WhatWasSaid({ scope, target, mayTriage }: WhatWasSaidProps) {
  const [rulings, changes] = await Promise.all([
    listDeviationRulings(scope, target.id),
    listDeviationChanges(target.id),
  ])
  return (
    <>
      <Section title="What it taught">
        <RulingList rulings={rulings} />
      </Section>
      <Section title="History">
        <ChangeList changes={changes} />
        {mayTriage && <NoteForm target={target} />}
      </Section>
    </>
  )
}
