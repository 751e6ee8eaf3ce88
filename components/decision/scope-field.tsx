'use client'

import { ChevronDown } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Menu, MenuCheck } from '@/components/ui/menu'
import { countOf } from '@/components/ui/numbers'
import type { DecisionScope } from '@/lib/pipeline/decision/block'

export type Named = { id: number; name: string }

type ScopeFieldProps = {
  scope: DecisionScope
  groups: readonly Named[]
  /** Hosts that use the binary, the most first. */
  hosts: readonly Named[]
  onChange: (scope: DecisionScope) => void
}

/** Where a block holds: the whole fleet, host groups, or single hosts. */
export function ScopeField({ scope, groups, hosts, onChange }: ScopeFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Where</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          aria-pressed={scope.kind === 'fleet'}
          className={scope.kind === 'fleet' ? 'bg-selected!' : undefined}
          onClick={() => onChange({ kind: 'fleet' })}
        >
          Whole fleet
        </Button>
        {groups.length > 0 && (
          <Choice kind="groups" word="group" scope={scope} all={groups} onChange={onChange} />
        )}
        <Choice kind="hosts" word="host" scope={scope} all={hosts} onChange={onChange} />
      </div>
    </fieldset>
  )
}

type ChoiceProps = {
  kind: 'groups' | 'hosts'
  word: string
  scope: DecisionScope
  all: readonly Named[]
  onChange: (scope: DecisionScope) => void
}

function Choice({ kind, word, scope, all, onChange }: ChoiceProps) {
  const ids = scope.kind === kind ? scope.ids : []
  const label = ids.length === 0 ? `Some ${word}s` : countOf(ids.length, word)
  const names = all.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  const toggle = (id: number) => {
    const next = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
    onChange(next.length === 0 ? { kind: 'fleet' } : { kind, ids: next })
  }
  return (
    <>
      <Menu
        trigger={
          <Button className={ids.length > 0 ? 'bg-selected!' : undefined} disabled={all.length === 0}>
            {label}
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        }
      >
        {all.map(({ id, name }) => (
          <MenuCheck key={id} checked={ids.includes(id)} onChange={() => toggle(id)}>
            {name}
          </MenuCheck>
        ))}
      </Menu>
      {names.length > 0 && <span className="text-muted text-small">{names.slice(0, 5).join(', ')}</span>}
    </>
  )
}
