'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { useAction } from '@/components/ui/use-action'
import { changeAccountAction } from '../actions'
import type { Account } from './account'
import { HostGroupsDialog } from './host-groups-dialog'
import { PasswordLinkDialog } from './password-link-dialog'
import { RoleDialog } from './role-dialog'

type Open = 'role' | 'groups' | 'link' | 'two-step' | 'disable' | null

type AccountMenuProps = { account: Account; groups: readonly { id: number; name: string }[] }

/** What an administrator can do with one account. */
export function AccountMenu({ account, groups }: AccountMenuProps) {
  const [open, setOpen] = useState<Open>(null)
  const { run } = useAction()
  const close = () => setOpen(null)
  const { name, signIn } = account
  const titles = {
    enable: `Enable the account of ${name}`,
    disable: `Disable the account of ${name}`,
    'reset-two-step': `Reset two-step sign-in of ${name}`,
  } as const
  const change = async (kind: keyof typeof titles, done: string) => {
    await run(() => changeAccountAction(account.id, { kind }), done, titles[kind])
  }
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={`Change the account of ${name}`} icon={<Ellipsis aria-hidden />} />}
      >
        {signIn !== 'single sign-on' && <MenuItem onSelect={() => setOpen('role')}>Change role…</MenuItem>}
        <MenuItem onSelect={() => setOpen('groups')}>Change hosts…</MenuItem>
        {signIn !== 'single sign-on' && (
          <MenuItem onSelect={() => setOpen('link')}>
            {signIn === 'invited' ? 'New invitation link…' : 'Reset password…'}
          </MenuItem>
        )}
        {signIn === 'two-step' && (
          <MenuItem onSelect={() => setOpen('two-step')}>Reset two-step sign-in…</MenuItem>
        )}
        <MenuSeparator />
        {account.disabledAt === null ? (
          <MenuItem danger onSelect={() => setOpen('disable')}>
            Disable…
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => change('enable', `${name} can sign in again.`)}>Enable</MenuItem>
        )}
      </Menu>
      <RoleDialog account={account} open={open === 'role'} close={close} />
      <HostGroupsDialog account={account} groups={groups} open={open === 'groups'} close={close} />
      <PasswordLinkDialog account={account} open={open === 'link'} close={close} />
      <ConfirmDialog
        open={open === 'two-step'}
        onOpenChange={close}
        title={titles['reset-two-step']}
        effect="Every session ends, and the password alone signs them in until they set up another authenticator. Make sure that it is them who asks."
        confirm="Reset"
        onConfirm={() => change('reset-two-step', 'Two-step sign-in was reset.')}
      />
      <ConfirmDialog
        open={open === 'disable'}
        onOpenChange={close}
        title={titles.disable}
        effect="Every session ends at once and signing in is refused. What the person did stays in the audit log. You can enable the account again."
        confirm="Disable account"
        onConfirm={() => change('disable', `${name} is disabled.`)}
      />
    </>
  )
}
