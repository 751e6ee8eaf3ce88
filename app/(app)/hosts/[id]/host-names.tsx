'use client'

import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Checkbox } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { Timestamp } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import type { HostName } from '@/lib/store/screens/host/names'
import { splitHostAction } from '../actions'

type HostNamesProps = { hostId: number; names: readonly HostName[]; maySplit: boolean }

/** The names that a host reports under; an administrator can make some of them a host of their own. */
export function HostNames({ hostId, names, maySplit }: HostNamesProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const { run } = useAction()
  const leaving = names.filter(({ alias }) => chosen.has(alias))
  const splittable = maySplit && names.length > 1
  const toggle = (alias: string) => {
    const next = new Set(chosen)
    if (!next.delete(alias)) next.add(alias)
    setChosen(next)
  }
  const split = async () => {
    const answer = await run(
      () => splitHostAction({ hostId, names: [...chosen] }),
      'Split off. What was recorded follows within moments.',
    )
    if (answer.ok) setChosen(new Set())
  }
  return (
    <>
      <ul className="divide-y rounded border">
        {names.map((name) => (
          <li key={name.alias} className="flex min-h-8 flex-wrap items-center gap-x-4 px-3 py-1">
            {splittable ? (
              <Checkbox
                label={name.alias}
                checked={chosen.has(name.alias)}
                onChange={() => toggle(name.alias)}
              />
            ) : (
              <span className="break-all">{name.alias}</span>
            )}
            {name.pinned && <Badge title="An administrator decided whose name it is">pinned</Badge>}
            <span className="text-muted">
              {countOf(name.processes, 'process creation')}, {countOf(name.executions, 'execution')}
              {name.lastAt !== null && (
                <>
                  , last <Timestamp at={name.lastAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {splittable && (
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <Button
            disabled={leaving.length === 0 || leaving.length === names.length}
            onClick={() => setAsking(true)}
          >
            Split off…
          </Button>
          <span className="text-muted">
            {leaving.length === names.length
              ? 'A host keeps at least one name.'
              : 'Choose the names that are another machine.'}
          </span>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Split off ${countOf(leaving.length, 'name')}`}
        effect={effect(leaving)}
        confirm="Split off"
        onConfirm={split}
      />
    </>
  )
}

function effect(leaving: readonly HostName[]): string {
  const sum = (read: (name: HostName) => number) => leaving.reduce((total, name) => total + read(name), 0)
  const words = leaving.map(({ alias }) => alias).join(', ')
  return (
    `${words} becomes a host of its own, with ${countOf(
      sum(({ processes }) => processes),
      'process creation',
    )} (${countOf(
      sum(({ executions }) => executions),
      'execution',
    )} of proxy binaries) and what later imports bring under ` +
    'its name. Baselines, scores and deviations of both are computed again. Merging both is the way back.'
  )
}
