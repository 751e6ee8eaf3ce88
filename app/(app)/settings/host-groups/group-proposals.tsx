'use client'

import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { Button } from '@/components/ui/button'
import { Details } from '@/components/ui/details'
import { Checkbox, SelectField, TextField } from '@/components/ui/field'
import { countOf, formatShare } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import type { SharedTrait } from '@/lib/pipeline/baseline/group-proposals'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { ShownProposal } from '@/lib/store/screens/group-proposals'
import { acceptProposalAction, declineProposalAction } from './actions'

/** Groups that use suggests: each says why, and can be edited before it is made. */
export function GroupProposals({ proposals, today }: { proposals: readonly ShownProposal[]; today: string }) {
  if (proposals.length === 0)
    return (
      <p className="rounded border px-3 py-4 text-muted">
        No three hosts use proxy binaries in a way that sets them apart from the others, or all such groups
        were declined. Baselines must have learned something first.
      </p>
    )
  return (
    <ul className="space-y-3">
      {proposals.map((proposal) => (
        <li key={proposal.key} className="rounded border p-3">
          <Proposal proposal={proposal} today={today} />
        </li>
      ))}
    </ul>
  )
}

function Proposal({ proposal, today }: { proposal: ShownProposal; today: string }) {
  const { key, hosts, traits, likeness, suggestedName } = proposal
  const [name, setName] = useState(suggestedName)
  const [from, setFrom] = useState('')
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const { run, busy } = useAction()
  const kept = hosts.filter(({ hostId }) => !left.has(hostId))
  const toggle = (hostId: number) => {
    const next = new Set(left)
    if (!next.delete(hostId)) next.add(hostId)
    setLeft(next)
  }
  const accept = () =>
    void run(
      () =>
        acceptProposalAction({
          key,
          name,
          hostIds: kept.map(({ hostId }) => hostId),
          from: from === '' ? null : from,
        }),
      `${name} was made of ${countOf(kept.length, 'host')}.`,
    )
  return (
    <form
      className="wrap-anywhere"
      onSubmit={(event) => {
        event.preventDefault()
        accept()
      }}
    >
      <h3 className="font-medium">{`${countOf(hosts.length, 'host')} that run ${traitWords(traits[0])}`}</h3>
      <ul className="mb-2 text-muted">
        {traits.map((trait) => (
          <li key={`${trait.slug} ${trait.parent}`}>
            {traitWords(trait)}: {formatShare(trait.within)} of them, {formatShare(trait.elsewhere)} of the
            others
          </li>
        ))}
        <li>alike by {formatShare(likeness)}, what every host does counting for little</li>
      </ul>
      <Details className="mb-2">
        <summary className="cursor-pointer">{`${countOf(kept.length, 'host')} chosen`}</summary>
        <ul className="mt-1 max-h-48 overflow-auto">
          {hosts.map(({ hostId, name: host }) => (
            <li key={hostId}>
              <Checkbox
                label={<InertText text={host} />}
                checked={!left.has(hostId)}
                onChange={() => toggle(hostId)}
              />
            </li>
          ))}
        </ul>
      </Details>
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Name of the group"
          required
          maxLength={100}
          className="w-56"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="Holds from"
          className="w-48"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          options={[
            { value: '', label: 'every day on record' },
            { value: today, label: 'today on' },
          ]}
        />
        <Button type="submit" variant="primary" busy={busy} disabled={kept.length === 0}>
          Make the group
        </Button>
        <Button
          variant="quiet"
          disabled={busy}
          onClick={() => void run(() => declineProposalAction(key), 'It is not proposed again.')}
        >
          Not a group
        </Button>
      </div>
    </form>
  )
}

function traitWords(trait: SharedTrait | undefined): string {
  if (trait === undefined) return 'the same binaries'
  return trait.parent === null ? trait.slug : `${trait.slug} from ${parentWords(trait.parent)}`
}
