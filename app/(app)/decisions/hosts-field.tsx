'use client'

import { PlacePicker } from '@/components/decision/place-picker'
import { idsByName, splitNames } from '@/components/decision/scope-words'
import { useAnswer } from '@/components/ui/use-answer'
import { findHostsAction, hostChoicesAction } from './actions'

type HostsFieldProps = {
  /** Names, as splitNames reads them. */
  names: string
  onChange: (names: string) => void
}

/** Single hosts that a decision is to hold on. They are read once somebody wants single ones: there can be thousands. */
export function HostsField({ names, onChange }: HostsFieldProps) {
  const hosts = useAnswer('hosts', hostChoicesAction, true)
  if (hosts === null) return <p className="text-muted">Looking for the hosts …</p>
  if (!hosts.ok) return <p>{hosts.message}</p>
  const all = hosts.value
  // names that a link or a draft brought along
  const { ids, unknown } = idsByName(all, splitNames(names))
  const choose = (chosen: readonly number[]) => {
    const set = new Set(chosen)
    onChange(all.flatMap(({ id, name }) => (set.has(id) ? name : [])).join(', '))
  }
  return (
    <div className="rounded border p-2">
      <PlacePicker
        word="host"
        all={all}
        chosen={ids}
        none="No host in sight has that name."
        unknown={unknown}
        findByNames={findByNames}
        onChange={choose}
      />
    </div>
  )
}

/** Ids of hosts by any of their names; none where the server cannot say. */
export async function findByNames(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const answer = await findHostsAction(names)
  return answer.ok ? answer.value.byName : new Map()
}
