'use client'

import { useState } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogButtons } from '@/components/ui/dialog-buttons'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import type { MergePreview } from '@/lib/store/screens/host/merge-preview'
import type { HostName } from '@/lib/store/screens/host/names'
import { mergeHostsAction, previewMergeAction } from './actions'
import { ChangedBlocks } from './changed-blocks'
import { usePreview } from './use-preview'

type MergeHostsProps = { hostIds: readonly number[]; clear: () => void }

/** Makes the chosen hosts one, after showing what that moves. */
export function MergeHosts({ hostIds, clear }: MergeHostsProps) {
  const { preview, busy, open, close } = usePreview(() => previewMergeAction([...hostIds]))
  return (
    <>
      <Button disabled={hostIds.length < 2} busy={busy} onClick={open}>
        Merge…
      </Button>
      {preview !== null && (
        <MergeDialog
          hosts={toHosts(preview.names)}
          blocks={preview.blocks}
          close={(merged) => {
            close()
            if (merged) clear()
          }}
        />
      )}
    </>
  )
}

type Host = {
  id: number
  name: string
  group: string | null
  names: string[]
  processes: number
  executions: number
}

/** The host with most records first: it is what the others most likely are. */
function toHosts(names: readonly HostName[]): Host[] {
  const hosts = new Map<number, Host>()
  for (const { hostId, host, group, alias, processes, executions } of names) {
    const one = hosts.get(hostId) ?? {
      id: hostId,
      name: host,
      group,
      names: [],
      processes: 0,
      executions: 0,
    }
    hosts.set(hostId, {
      ...one,
      names: [...one.names, alias],
      processes: one.processes + processes,
      executions: one.executions + executions,
    })
  }
  return [...hosts.values()].sort((a, b) => b.processes - a.processes)
}

type MergeDialogProps = Pick<MergePreview, 'blocks'> & {
  hosts: readonly Host[]
  close: (merged: boolean) => void
}

function MergeDialog({ hosts, blocks, close }: MergeDialogProps) {
  const [intoId, setIntoId] = useState(hosts[0]?.id ?? 0)
  const { run, busy } = useAction()
  const into = hosts.find(({ id }) => id === intoId)
  const others = hosts.filter(({ id }) => id !== intoId)
  const merge = async () => {
    const answer = await run(
      () => mergeHostsAction({ hostIds: others.map(({ id }) => id), intoId }),
      `Merged into ${into?.name}. What was recorded follows within moments.`,
    )
    if (answer.ok) close(true)
  }
  return (
    <Dialog
      open
      onOpenChange={() => close(false)}
      title={`Merge ${countOf(hosts.length, 'host')}`}
      width="wide"
    >
      <div className="space-y-4">
        <fieldset>
          <legend className="mb-1 font-medium">They become one host. Which one?</legend>
          <ul className="divide-y rounded border">
            {hosts.map((host) => (
              <li key={host.id}>
                <label className="flex items-start gap-2 px-3 py-2">
                  <input
                    type="radio"
                    name="into"
                    className="mt-1"
                    checked={host.id === intoId}
                    onChange={() => setIntoId(host.id)}
                  />
                  <span className="min-w-0">
                    <span className="block break-all font-medium">
                      <InertText text={host.name} />
                    </span>
                    <span className="block text-muted">
                      {host.group ?? 'no group'} · {countOf(host.names.length, 'name')} ·{' '}
                      {countOf(host.processes, 'process creation')} · {countOf(host.executions, 'execution')}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <Effect into={into} others={others} blocks={blocks[intoId] ?? []} />
        <DialogButtons
          label="Merge hosts"
          variant="danger"
          busy={busy}
          disabled={others.length === 0}
          onClick={merge}
          onCancel={() => close(false)}
        />
      </div>
    </Dialog>
  )
}

type EffectProps = { into: Host | undefined; others: readonly Host[]; blocks: MergePreview['blocks'][number] }

function Effect({ into, others, blocks }: EffectProps) {
  if (into === undefined || others.length === 0)
    return <p>The other hosts are gone, or outside what you see: choose at least two.</p>
  const sum = (read: (host: Host) => number) => others.reduce((total, host) => total + read(host), 0)
  return (
    <ul className="list-disc space-y-1 pl-5">
      <li>
        {countOf(
          sum(({ names }) => names.length),
          'name',
        )}{' '}
        of {countOf(others.length, 'other host')} and{' '}
        {countOf(
          sum(({ processes }) => processes),
          'process creation',
        )}{' '}
        (
        {countOf(
          sum(({ executions }) => executions),
          'execution',
        )}{' '}
        of proxy binaries) become those of <InertText text={into.name} />, and so will what later imports
        bring under these names.
      </li>
      <li>A record that both have is kept once; a process that both report becomes one execution.</li>
      <li>
        It stays in {into.group ?? 'no group'}. Baselines, scores and deviations are computed again; rulings
        on the other hosts hold for it.
      </li>
      <li>
        <ChangedBlocks blocks={blocks} />
      </li>
      <li>Splitting the names off on its page is the way back.</li>
    </ul>
  )
}
