import { TextField } from '@/components/ui/field'
import { TokenForm } from '../token-form'
import { choosePasswordAction } from './actions'

export function PasswordForm({ token, email }: { token: string; email: string }) {
  return (
    <TokenForm token={token} action={choosePasswordAction} label="Set the password">
      <TextField label="E-mail" type="email" autoComplete="username" value={email} readOnly />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        required
        autoFocus
        hint="At least 12 characters, and not easy to guess. It ends the sessions that are open."
      />
    </TokenForm>
  )
}
