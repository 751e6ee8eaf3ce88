'use client'

import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { FilterBar } from '@/components/table/filter-bar'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Checkbox, SelectField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import type { GroupableHost, HostGroupRow } from '@/lib/store/screens/host-groups'
import { assignHostsAction } from './actions'

type AssignHostsProps = {
  /** As searched for; '' = all. */
  pattern: string
  hosts: readonly GroupableHost[]
  groups: readonly HostGroupRow[]
}

const NO_GROUP = 'none'
const SHOWN = 500

/** Hosts found by a name pattern, chosen one by one or all at once, and the group to put them into. */
export function AssignHosts({ pattern, hosts, groups }: AssignHostsProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [group, setGroup] = useState('')
  const [asking, setAsking] = useState(false)
  const { run } = useAction()
  const groupId = group === NO_GROUP ? null : Number(group)
  const name = groups.find(({ id }) => id === groupId)?.name ?? 'no group'
  const moving = hosts.filter((host) => chosen.has(host.id) && host.groupId !== groupId)
  const toggle = (id: number) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const assign = async () => {
    const hostIds = [...chosen]
    await run(
      () => assignHostsAction({ hostIds, groupId }),
      `Now in ${name}: ${countOf(moving.length, 'host')}.`,
    )
    setChosen(new Set())
  }
  return (
    <>
      <FilterBar searchLabel="Host name, such as ws-*" filters={[]} />
      <div className="mb-2 flex flex-wrap items-end gap-2">
        <SelectField
          label="Group"
          className="w-56"
          value={group}
          onChange={(event) => setGroup(event.target.value)}
          options={[
            { value: '', label: 'Choose a group', disabled: true },
            ...groups.map(({ id, name: label }) => ({ value: String(id), label })),
            { value: NO_GROUP, label: 'No group' },
          ]}
        />
        <Button
          variant="primary"
          disabled={group === '' || moving.length === 0}
          onClick={() => setAsking(true)}
        >
          {`Put ${countOf(chosen.size, 'host')} into it…`}
        </Button>
        <Button variant="quiet" onClick={() => setChosen(new Set(hosts.map(({ id }) => id)))}>
          {`Choose all ${countOf(hosts.length, 'host')}${pattern === '' ? '' : ` like ${pattern}`}`}
        </Button>
      </div>
      <HostList hosts={hosts} chosen={chosen} toggle={toggle} pattern={pattern} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Put hosts into ${name}`}
        effect={`${countOf(moving.length, 'host')} will be in ${name} from today on. Their baselines are computed again from today; earlier days stay as they are.`}
        confirm="Put into group"
        onConfirm={assign}
      />
    </>
  )
}

type HostListProps = {
  hosts: readonly GroupableHost[]
  chosen: ReadonlySet<number>
  toggle: (id: number) => void
  pattern: string
}

function HostList({ hosts, chosen, toggle, pattern }: HostListProps) {
  if (hosts.length === 0)
    return (
      <p className="rounded border px-3 py-4 text-muted">
        {pattern === ''
          ? 'No host has sent anything yet.'
          : `No host is called ${pattern}. Add * for any text.`}
      </p>
    )
  return (
    <ul className="max-h-[32rem] overflow-auto rounded border">
      {hosts.slice(0, SHOWN).map((host) => (
        <li key={host.id} className="flex h-8 items-center gap-4 border-b px-2 last:border-b-0">
          <Checkbox
            label={<InertText text={host.name} />}
            checked={chosen.has(host.id)}
            onChange={() => toggle(host.id)}
          />
          <span className="text-muted">{host.group ?? 'no group'}</span>
        </li>
      ))}
      {hosts.length > SHOWN && (
        <li className="px-2 py-1.5 text-muted">
          {countOf(hosts.length - SHOWN, 'more host')}: narrow the name, or choose all.
        </li>
      )}
    </ul>
  )
}
