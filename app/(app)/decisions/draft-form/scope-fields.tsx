'use client'

import { Checkbox, Radio } from '@/components/ui/field'
import type { Choice } from '@/lib/store/screens/decision/form'
import { HostsField } from '../hosts-field'
import type { DraftValues } from './draft-values'

type ScopeFieldsProps = {
  values: DraftValues
  set: (change: Partial<DraftValues>) => void
  groups: readonly Choice[]
  mayFleet: boolean
}

const LABELS = { fleet: 'The whole fleet', groups: 'Host groups', hosts: 'Single hosts' } as const

/** Where a decision holds. */
export function ScopeFields({ values, set, groups, mayFleet }: ScopeFieldsProps) {
  const kinds = (['fleet', 'groups', 'hosts'] as const).filter(
    (kind) => (kind !== 'fleet' || mayFleet) && (kind !== 'groups' || groups.length > 0),
  )
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-semibold text-heading">Where</legend>
      <div className="flex flex-wrap gap-4">
        {kinds.map((kind) => (
          <Radio
            key={kind}
            name="scope"
            label={LABELS[kind]}
            checked={values.scopeKind === kind}
            onChange={() => set({ scopeKind: kind })}
          />
        ))}
      </div>
      {values.scopeKind === 'groups' && (
        <GroupChecks groups={groups} chosen={values.groupIds} onChange={(groupIds) => set({ groupIds })} />
      )}
      {values.scopeKind === 'hosts' && (
        <HostsField names={values.hostNames} onChange={(hostNames) => set({ hostNames })} />
      )}
    </fieldset>
  )
}

type GroupChecksProps = {
  groups: readonly Choice[]
  chosen: readonly number[]
  onChange: (ids: number[]) => void
}

export function GroupChecks({ groups, chosen, onChange }: GroupChecksProps) {
  return (
    <div className="flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
      {groups.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
          }
        />
      ))}
    </div>
  )
}
