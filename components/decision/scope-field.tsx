'use client'

import { Command } from 'cmdk'
import { Check, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { PALETTE_INPUT, PALETTE_ITEM, PALETTE_LIST } from '@/components/ui/palette-look'
import type { DecisionScope } from '@/lib/pipeline/decision/block'

export type Named = { id: number; name: string }

/** By name. `total`: of how many they are those that use the binary most. */
export type NamedHosts = { choices: readonly Named[]; total: number }

type ScopeFieldProps = {
  scope: DecisionScope
  groups: readonly Named[]
  hosts: NamedHosts
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
        <Choice
          kind="hosts"
          word="host"
          scope={scope}
          all={hosts.choices}
          note={
            hosts.total > hosts.choices.length
              ? `The ${formatNumber(hosts.choices.length)} that use it most, of ${countOf(hosts.total, 'host')}. A decision may name any host.`
              : undefined
          }
          onChange={onChange}
        />
      </div>
    </fieldset>
  )
}

type ChoiceProps = {
  kind: 'groups' | 'hosts'
  word: string
  scope: DecisionScope
  all: readonly Named[]
  /** What is not among them. */
  note?: string | undefined
  onChange: (scope: DecisionScope) => void
}

function Choice({ kind, word, scope, all, note, onChange }: ChoiceProps) {
  const [open, setOpen] = useState(false)
  const ids = scope.kind === kind ? scope.ids : []
  const label = ids.length === 0 ? `Some ${word}s` : countOf(ids.length, word)
  const names = all.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  const toggle = (id: number) => {
    const next = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
    onChange(next.length === 0 ? { kind: 'fleet' } : { kind, ids: next })
  }
  return (
    <>
      <Button
        aria-haspopup="dialog"
        className={ids.length > 0 ? 'bg-selected!' : undefined}
        disabled={all.length === 0}
        onClick={() => setOpen(true)}
      >
        {label}
        <ChevronDown aria-hidden className="size-3.5" />
      </Button>
      {names.length > 0 && <span className="text-muted text-small">{names.slice(0, 5).join(', ')}</span>}
      <Dialog open={open} onOpenChange={setOpen} title={`Some ${word}s`} description={note}>
        <Command label={`Some ${word}s`} filter={hasText} loop>
          <Command.Input autoFocus placeholder={`Find a ${word} by its name`} className={PALETTE_INPUT} />
          <Command.List className={PALETTE_LIST}>
            <Command.Empty className="px-2 py-6 text-center text-muted">
              No {word} here has that name.
            </Command.Empty>
            {all.map(({ id, name }) => (
              <Command.Item
                key={id}
                value={String(id)}
                keywords={[name]}
                className={PALETTE_ITEM}
                onSelect={() => toggle(id)}
              >
                <span className="flex-1 truncate">{name}</span>
                {ids.includes(id) && <Check aria-label="chosen" />}
              </Command.Item>
            ))}
          </Command.List>
        </Command>
      </Dialog>
    </>
  )
}

/** Whether a text is in a name: 1 or 0, so that names stay in their order. */
function hasText(_id: string, text: string, names: readonly string[] = []): number {
  return names.some((name) => name.toLowerCase().includes(text.trim().toLowerCase())) ? 1 : 0
}
