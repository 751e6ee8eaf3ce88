'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useAction } from '@/components/ui/use-action'
import type { CatalogueRow } from '@/lib/store/screens/catalogue'
import { changeEntryAction } from './actions'
import { EntryDialog } from './entry-dialog'

type Switch = 'retire' | 'restore' | 'turn-on' | 'turn-off'

const SWITCHES: Record<Switch, { label: string; effect: string; done: string }> = {
  retire: {
    label: 'Retire',
    effect:
      'It is no longer counted: its executions leave the baselines and scores. They stay stored, and restoring brings them back.',
    done: 'is retired.',
  },
  restore: {
    label: 'Restore',
    effect: 'It is counted as before. Executions from before and from while it was retired appear.',
    done: 'is restored.',
  },
  'turn-on': {
    label: 'Turn on',
    effect: 'Its executions are stored, baselined and scored from now on, and past ones appear.',
    done: 'is on.',
  },
  'turn-off': {
    label: 'Turn off',
    effect: 'It is no longer counted: its executions leave the baselines and scores. They stay stored.',
    done: 'is off.',
  },
}

/** What can be done with an entry. */
export function EntryMenu({ entry }: { entry: CatalogueRow }) {
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState<Switch | null>(null)
  return (
    <>
      <Menu trigger={<IconButton label={`Change ${entry.name}`} icon={<Ellipsis aria-hidden />} />}>
        <MenuItem onSelect={() => setEditing(true)}>Edit…</MenuItem>
        {switchesOf(entry).map((one) => (
          <MenuItem key={one} onSelect={() => setAsking(one)}>
            {SWITCHES[one].label}…
          </MenuItem>
        ))}
      </Menu>
      {editing && <EntryDialog entry={entry} onClose={() => setEditing(false)} />}
      {asking !== null && <SwitchDialog entry={entry} how={asking} onClose={() => setAsking(null)} />}
    </>
  )
}

function switchesOf({ status, tier }: CatalogueRow): Switch[] {
  if (status === 'retired') return ['restore']
  if (tier !== 'optional') return ['retire']
  return [status === 'on' ? 'turn-off' : 'turn-on', 'retire']
}

type SwitchDialogProps = { entry: CatalogueRow; how: Switch; onClose: () => void }

function SwitchDialog({ entry, how, onClose }: SwitchDialogProps) {
  const { run } = useAction()
  const words = SWITCHES[how]
  const title = `${words.label} ${entry.name}`
  const confirm = async () => {
    const target = { slug: entry.slug, updatedAtMs: entry.updatedAtMs }
    await run(() => changeEntryAction(target, { kind: how }), `${entry.name} ${words.done}`, title)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={title}
      effect={words.effect}
      confirm={words.label}
      onConfirm={confirm}
    />
  )
}
