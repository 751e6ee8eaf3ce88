'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { SelectField, TextField } from '@/components/ui/field'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { useAction } from '@/components/ui/use-action'
import { ROLES } from '@/lib/pipeline/actor'
import { changeAccountAction } from '../actions'
import { ROLE_OPTIONS } from './new-account-dialog'

type Account = { id: string; name: string; role: string; disabledAt: number | null }
type Open = 'role' | 'password' | 'disable' | null

/** What an administrator can do with one account. */
export function AccountMenu({ account }: { account: Account }) {
  const [open, setOpen] = useState<Open>(null)
  const { run } = useAction()
  const close = () => setOpen(null)
  const disabled = account.disabledAt !== null
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Change the account of ${account.name}`} icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem onSelect={() => setOpen('role')}>Change role…</MenuItem>
        <MenuItem onSelect={() => setOpen('password')}>Reset password…</MenuItem>
        <MenuSeparator />
        {disabled ? (
          <MenuItem
            onSelect={() =>
              run(
                () => changeAccountAction(account.id, { kind: 'enable' }),
                `${account.name} can sign in again.`,
              )
            }
          >
            Enable
          </MenuItem>
        ) : (
          <MenuItem danger onSelect={() => setOpen('disable')}>
            Disable…
          </MenuItem>
        )}
      </Menu>
      <RoleDialog account={account} open={open === 'role'} close={close} />
      <PasswordDialog account={account} open={open === 'password'} close={close} />
      <ConfirmDialog
        open={open === 'disable'}
        onOpenChange={close}
        title={`Disable the account of ${account.name}`}
        effect="Every session ends at once and signing in is refused. What the person did stays in the audit log. You can enable the account again."
        confirm="Disable account"
        onConfirm={async () => {
          await run(
            () => changeAccountAction(account.id, { kind: 'disable' }),
            `${account.name} is disabled.`,
          )
        }}
      />
    </>
  )
}

type DialogProps = { account: Account; open: boolean; close: () => void }

function RoleDialog({ account, open, close }: DialogProps) {
  const { run, busy } = useAction()
  const [chosen, setChosen] = useState(account.role)
  const save = async () => {
    const role = ROLES.find((one) => one === chosen) ?? 'viewer'
    const answer = await run(
      () => changeAccountAction(account.id, { kind: 'role', role }),
      'The role was changed.',
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
        <DialogButtons close={close} label="Change role" busy={busy} onClick={save} />
      </div>
    </Dialog>
  )
}

function PasswordDialog({ account, open, close }: DialogProps) {
  const { run, busy } = useAction()
  const [password, setPassword] = useState('')
  const save = async () => {
    const change = { kind: 'reset-password', password } as const
    const answer = await run(() => changeAccountAction(account.id, change), 'The password was reset.')
    if (!answer.ok) return
    setPassword('')
    close()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={`Reset the password of ${account.name}`}
      description="Ends all their sessions."
    >
      <div className="space-y-4">
        <TextField
          label="New password"
          value={password}
          minLength={12}
          autoComplete="off"
          onChange={(event) => setPassword(event.target.value)}
          hint="At least 12 characters."
        />
        <DialogButtons close={close} label="Reset password" busy={busy} onClick={save} />
      </div>
    </Dialog>
  )
}

type DialogButtonsProps = { close: () => void; label: string; busy: boolean; onClick: () => void }

function DialogButtons({ close, label, busy, onClick }: DialogButtonsProps) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={close}>Cancel</Button>
      <Button variant="primary" busy={busy} onClick={onClick}>
        {label}
      </Button>
    </div>
  )
}
