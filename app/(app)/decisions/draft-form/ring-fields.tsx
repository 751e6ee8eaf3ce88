'use client'

import { X } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { EVERYTHING_ELSE, type RingPlan } from '@/lib/pipeline/decision/rings'
import type { Choice } from '@/lib/store/screens/decision/form'
import type { DraftValues } from './draft-values'
import { GroupChecks } from './scope-fields'

type RingFieldsProps = {
  values: DraftValues
  set: (change: Partial<DraftValues>) => void
  groups: readonly Choice[]
}

/** The order in which hosts are audited and blocked; the last ring is everything else. */
export function RingFields({ values: { rings }, set, groups }: RingFieldsProps) {
  const named = rings.slice(0, -1)
  const last = rings.at(-1) ?? { name: 'Everything in scope', groupIds: [] }
  const put = (next: RingPlan) =>
    set({ rings: [...next, { ...last, name: next.length > 0 ? EVERYTHING_ELSE : 'Everything in scope' }] })
  const change = (at: number, part: Partial<RingPlan[number]>) =>
    put(named.map((ring, index) => (index === at ? { ...ring, ...part } : ring)))
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 font-semibold text-heading">Rollout</legend>
      <p className="text-muted">
        {named.length === 0
          ? 'All hosts at once. Put a few groups first to audit the block there before it reaches the others.'
          : 'Each ring is audited, then enforced, in this order; the last one is everything else in scope.'}
      </p>
      {named.map((ring, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its place in the order
        <div key={at} className="space-y-2 rounded border p-3">
          <div className="flex items-end gap-2">
            <TextField
              label={`Ring ${at + 1}`}
              maxLength={60}
              value={ring.name}
              onChange={(event) => change(at, { name: event.target.value })}
            />
            <IconButton
              label={`Remove ring ${at + 1}`}
              icon={<X aria-hidden />}
              onClick={() => put(named.filter((_, index) => index !== at))}
            />
          </div>
          <GroupChecks
            groups={groups}
            chosen={ring.groupIds}
            onChange={(groupIds) => change(at, { groupIds })}
          />
        </div>
      ))}
      <Button onClick={() => put([...named, { name: `Ring ${named.length + 1}`, groupIds: [] }])}>
        Add a ring
      </Button>
    </fieldset>
  )
}
