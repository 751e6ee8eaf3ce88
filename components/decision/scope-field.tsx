'use client'

import { Command } from 'cmdk'
import { Check, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { countOf } from '@/components/ui/numbers'
import { PALETTE_INPUT, PALETTE_ITEM, PALETTE_LIST } from '@/components/ui/palette-look'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { chosenFirst, chosenWords, hostListWords, type Named, type NamedHosts } from './scope-words'

type ScopeFieldProps = {
  /** What the block is of: 'certutil.exe'. */
  binary: string
  scope: DecisionScope
  groups: readonly Named[]
  hosts: NamedHosts
  onChange: (scope: DecisionScope) => void
}

/** Where a block holds: the whole fleet, host groups, or single hosts. */
export function ScopeField({ binary, scope, groups, hosts, onChange }: ScopeFieldProps) {
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
          <Choice
            kind="groups"
            word="group"
            scope={scope}
            all={groups}
            none="No group here has that name."
            onChange={onChange}
          />
        )}
        <Choice
          kind="hosts"
          word="host"
          scope={scope}
          all={hosts.choices}
          {...hostListWords(binary, hosts)}
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
  /** Which ones they are. */
  note?: string
  /** What is said where none of them has a name. */
  none: string
  onChange: (scope: DecisionScope) => void
}

function Choice({ kind, word, scope, all, note, none, onChange }: ChoiceProps) {
  const [open, setOpen] = useState(false)
  const [listed, setListed] = useState(all)
  const ids = scope.kind === kind ? scope.ids : []
  const label = ids.length === 0 ? `Some ${word}s` : countOf(ids.length, word)
  const chosen = chosenWords(all, ids)
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
        onClick={() => {
          // they keep their places while they are chosen from
          setListed(chosenFirst(all, ids))
          setOpen(true)
        }}
      >
        {label}
        <ChevronDown aria-hidden className="size-3.5" />
      </Button>
      {chosen !== '' && <span className="text-muted text-small">{chosen}</span>}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={ids.length === 0 ? label : `${label} chosen`}
        description={note}
      >
        <Command label={`Some ${word}s`} filter={hasText} loop>
          <Command.Input autoFocus placeholder={`Find a ${word} by its name`} className={PALETTE_INPUT} />
          <Command.List className={PALETTE_LIST}>
            <Command.Empty className="px-2 py-6 text-center text-muted">{none}</Command.Empty>
            {listed.map(({ id, name }) => (
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
        {ids.length > 0 && (
          <div className="mt-2 flex justify-end border-t pt-2">
            <Button variant="quiet" onClick={() => onChange({ kind: 'fleet' })}>
              Choose none
            </Button>
          </div>
        )}
      </Dialog>
    </>
  )
}

/** Whether a text is in a name: 1 or 0, so that names stay in their order. */
function hasText(_id: string, text: string, names: readonly string[] = []): number {
  return names.some((name) => name.toLowerCase().includes(text.trim().toLowerCase())) ? 1 : 0
}
