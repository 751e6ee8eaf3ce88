import { TextField } from '@/components/ui/field'
import { TokenForm } from '../token-form'
import { setUpAction } from './actions'

export function SetupForm({ token }: { token: string }) {
  return (
    <TokenForm token={token} action={setUpAction} label="Create the account">
      <TextField label="Name" name="name" autoComplete="name" required autoFocus />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        required
        hint="At least 12 characters, and not easy to guess."
      />
    </TokenForm>
  )
}
