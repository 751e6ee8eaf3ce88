import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogButtons } from '@/components/ui/dialog-buttons'
import { SelectField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { ROLES } from '@/lib/pipeline/actor'
import { changeAccountAction } from '../actions'
import type { Account } from './account'
import { ROLE_OPTIONS } from './new-account-dialog'

type RoleDialogProps = { account: Account; open: boolean; close: () => void }

export function RoleDialog({ account, open, close }: RoleDialogProps) {
  const { run, busy } = useAction()
  const [chosen, setChosen] = useState(account.role)
  const save = async () => {
    const role = ROLES.find((one) => one === chosen) ?? 'viewer'
    const answer = await run(
      () => changeAccountAction(account.id, { kind: 'role', role }),
      'The role was changed.',
      `Change the role of ${account.name} to ${role}`,
    )
    if (answer.ok) close()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={`Role of ${account.name}`}
      description="Holds from their next request on."
    >
      <div className="space-y-4">
        <SelectField
          label="Role"
          options={ROLE_OPTIONS}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        />
        <DialogButtons onCancel={close} label="Change role" busy={busy} onClick={save} />
      </div>
    </Dialog>
  )
}
