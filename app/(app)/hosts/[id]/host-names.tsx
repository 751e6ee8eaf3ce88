'use client'

import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Checkbox } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { Timestamp } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { hostLabel } from '@/lib/pipeline/normalise/host-name'
import type { HostName } from '@/lib/store/screens/host/names'
import type { SplitPreview } from '@/lib/store/screens/host/split-preview'
import { previewSplitAction, splitHostAction } from '../actions'
import { ChangedBlocks } from '../changed-blocks'
import { usePreview } from '../use-preview'

type HostNamesProps = { hostId: number; names: readonly HostName[]; maySplit: boolean }

/** The names that a host reports under; an administrator can make some of them a host of their own. */
export function HostNames({ hostId, names, maySplit }: HostNamesProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { run } = useAction()
  const label = hostLabel(names[0]?.host ?? '')
  const leaving = names.filter(({ alias }) => chosen.has(alias))
  const splittable = maySplit && names.length > 1
  const toggle = (alias: string) => {
    const next = new Set(chosen)
    if (!next.delete(alias)) next.add(alias)
    setChosen(next)
  }
  const asked = { hostId, names: [...chosen] }
  const { preview: blocks, busy, open, close } = usePreview(() => previewSplitAction(asked))
  const split = async () => {
    const answer = await run(
      () => splitHostAction(asked),
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
            busy={busy}
            onClick={open}
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
      {maySplit && (
        <p className="mt-2 text-muted">
          Is another host this machine too?{' '}
          <Link className="link" href={`/hosts?q=${encodeURIComponent(label)}&days=all`}>
            Choose both in the list of hosts
          </Link>
          , and merge them.
        </p>
      )}
      {blocks !== null && (
        <ConfirmDialog
          open
          onOpenChange={close}
          title={`Split off ${countOf(leaving.length, 'name')}`}
          effect={<Effect leaving={leaving} blocks={blocks} />}
          confirm="Split off"
          onConfirm={split}
        />
      )}
    </>
  )
}

type EffectProps = { leaving: readonly HostName[]; blocks: Readonly<SplitPreview> }

function Effect({ leaving, blocks }: EffectProps) {
  const sum = (read: (name: HostName) => number) => leaving.reduce((total, name) => total + read(name), 0)
  const processes = sum((name) => name.processes)
  const executions = sum((name) => name.executions)
  return (
    <ul className="list-disc space-y-1 pl-5">
      <li>
        <InertText text={leaving.map(({ alias }) => alias).join(', ')} /> becomes a host of its own, with{' '}
        {countOf(processes, 'process creation')} ({countOf(executions, 'execution')} of proxy binaries) and
        what later imports bring under its name.
      </li>
      <li>Baselines, scores and deviations of both are computed again.</li>
      <li>
        <ChangedBlocks blocks={blocks} />
      </li>
      <li>Merging both is the way back.</li>
    </ul>
  )
}
