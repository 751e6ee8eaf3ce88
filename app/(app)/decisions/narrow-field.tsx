'use client'

import { useState } from 'react'
import { PlacePicker } from '@/components/decision/place-picker'
import { WhatIfResult } from '@/components/decision/what-if-result'
import type { ActionAnswer } from '@/components/ui/action-answer'
import { Radio } from '@/components/ui/field'
import { useAnswer } from '@/components/ui/use-answer'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Choice } from '@/lib/store/screens/decision/form'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'
import { narrowableHostsAction, narrowedAction } from './actions'
import { GroupChecks } from './draft-form/scope-fields'
import { findByNames } from './hosts-field'
import { AS_PROPOSED, type Kept, keptOf, type Narrowing } from './narrowing'

type NarrowFieldProps = {
  decisionId: number
  narrowable: Narrowable
  narrowing: Narrowing
  /** Those that single ones are chosen among; null = they are on their way. */
  hosts: ActionAnswer<Choice[]> | null
  /** What is left of it; null = everywhere. */
  kept: Kept | null
  onChange: (narrowing: Narrowing) => void
}

const LABELS = { all: 'Everywhere, as proposed', groups: 'Some host groups', hosts: 'Single hosts' } as const
const KINDS = ['all', 'groups', 'hosts'] as const

/** Where an approval lets a decision hold: everywhere it was proposed for, or in some of it, with what it would interrupt there. */
export function NarrowField(props: NarrowFieldProps) {
  const { decisionId, narrowable, narrowing, kept, onChange } = props
  const kinds = KINDS.filter((kind) => kind === 'all' || isOffered(narrowable, kind))
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Where it is to hold</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {kinds.map((kind) => (
          <Radio
            key={kind}
            name="narrowed to"
            label={LABELS[kind]}
            checked={kind === narrowing.kind}
            onChange={() => onChange({ ...narrowing, kind })}
          />
        ))}
      </div>
      {narrowing.kind !== 'all' && (
        <>
          <div className="mt-1 rounded border p-2">
            <Places {...props} />
          </div>
          <p className="mt-1 text-muted text-small">
            Choose at least one. What is left out can be proposed again.
            {narrowing.kind === 'hosts' &&
              narrowable.groups.length > 0 &&
              ' Hosts that join a group later are not among them; those that leave it stay.'}
          </p>
        </>
      )}
      {kept !== null && kept.ids.length > 0 && (
        <div className="mt-2" aria-live="polite">
          <Numbers decisionId={decisionId} kept={kept} />
        </div>
      )}
    </fieldset>
  )
}

/** What an approval leaves, as it is being chosen. Hosts are read once somebody wants single ones: there can be thousands. */
export function useNarrowing(id: number, narrowable: Narrowable | null) {
  const [narrowing, onChange] = useState<Narrowing>(AS_PROPOSED)
  const wanted = narrowing.kind === 'hosts' ? String(id) : null
  const hosts = useAnswer(wanted, () => narrowableHostsAction(id), true)
  const offered = { groups: narrowable?.groups ?? [], hosts: hosts?.ok ? hosts.value : [] }
  return { narrowing, hosts, kept: keptOf(narrowing, offered), onChange }
}

function isOffered({ groups, hosts }: Narrowable, kind: 'groups' | 'hosts'): boolean {
  return kind === 'groups' ? groups.length > 0 : hosts > 0
}

function Places({ narrowable, narrowing, hosts, onChange }: NarrowFieldProps) {
  const { kind, chosen } = narrowing
  const choose = (ids: number[]) => onChange({ ...narrowing, chosen: { ...chosen, [kind]: ids } })
  if (kind === 'groups')
    return <GroupChecks groups={narrowable.groups} chosen={chosen.groups} onChange={choose} />
  if (hosts === null) return <p className="text-muted">Looking for its hosts …</p>
  if (!hosts.ok) return <p>{hosts.message}</p>
  return (
    <PlacePicker
      word="host"
      all={hosts.value}
      chosen={chosen.hosts}
      none="No host that it was proposed for has that name."
      findByNames={findByNames}
      onChange={choose}
    />
  )
}

function Numbers({ decisionId, kept }: { decisionId: number; kept: Kept }) {
  const scope: DecisionScope = { kind: kept.kind, ids: kept.ids }
  const answer = useAnswer(JSON.stringify(scope), () => narrowedAction(decisionId, scope))
  if (answer === null) return <p className="text-muted">Counting what it would interrupt there …</p>
  if (!answer.ok) return <p>{answer.message}</p>
  const { numbers, dropped } = answer.value
  return (
    <>
      {dropped.length > 0 && (
        <p className="mb-2">
          {dropped.length === 1 ? 'A ring falls away' : 'Rings fall away'}, of which no host is left:{' '}
          {dropped.join(', ')}.
        </p>
      )}
      {numbers !== null && <WhatIfResult {...numbers} />}
    </>
  )
}
