'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { countOf } from '@/components/ui/numbers'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { PlacePicker } from './place-picker'
import { chosenWords, hostListWords, type Named, type NamedHosts } from './scope-words'

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
  word: 'group' | 'host'
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
  const ids = scope.kind === kind ? scope.ids : []
  const label = ids.length === 0 ? `Some ${word}s` : countOf(ids.length, word)
  const chosen = chosenWords(all, ids)
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
      {chosen !== '' && <span className="text-muted text-small">{chosen}</span>}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={ids.length === 0 ? label : `${label} chosen`}
        description={note}
      >
        <PlacePicker
          word={word}
          all={all}
          chosen={ids}
          none={none}
          autoFocus
          onChange={(next) => onChange(next.length === 0 ? { kind: 'fleet' } : { kind, ids: next })}
        />
      </Dialog>
    </>
  )
}
