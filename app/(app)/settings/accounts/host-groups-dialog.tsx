import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogButtons } from '@/components/ui/dialog-buttons'
import { Checkbox } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import { changeAccountAction } from '../actions'
import type { Account } from './account'

type HostGroupsDialogProps = {
  account: Account
  groups: readonly { id: number; name: string }[]
  open: boolean
  close: () => void
}

/** Which hosts an account sees: those of the groups that are ticked; with none ticked, all. */
export function HostGroupsDialog({ account, groups, open, close }: HostGroupsDialogProps) {
  const { run, busy } = useAction()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set(account.hostGroups.map(({ id }) => id)))
  const toggle = (id: number) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    )
  const save = async () => {
    const change = { kind: 'host-groups' as const, groupIds: [...chosen] }
    const answer = await run(
      () => changeAccountAction(account.id, change),
      'The hosts were changed.',
      `Change the hosts that ${account.name} sees to ${chosen.size === 0 ? 'all' : countOf(chosen.size, 'host group')}`,
    )
    if (answer.ok) close()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={`Hosts of ${account.name}`}
      description="They see the hosts of these groups and nothing of any other. With none ticked they see all."
    >
      <div className="space-y-4">
        {groups.length === 0 ? (
          <p>There are no host groups yet: make some under Host groups.</p>
        ) : (
          <fieldset className="grid max-h-72 gap-1 overflow-y-auto sm:grid-cols-2">
            <legend className="sr-only">Host groups</legend>
            {groups.map(({ id, name }) => (
              <Checkbox key={id} label={name} checked={chosen.has(id)} onChange={() => toggle(id)} />
            ))}
          </fieldset>
        )}
        <DialogButtons
          onCancel={close}
          label={chosen.size === 0 ? 'Show all hosts' : 'Limit to these groups'}
          busy={busy}
          onClick={save}
        />
      </div>
    </Dialog>
  )
}
