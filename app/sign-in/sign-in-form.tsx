'use client'

import { useActionState, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { signInAction } from './actions'

type SignInFormProps = {
  next: string
  /** The demo's accounts, one a role; null outside the demo. */
  demo: { accounts: readonly { role: string; name: string; email: string }[]; password: string } | null
}

export function SignInForm({ next, demo }: SignInFormProps) {
  const [error, submit, pending] = useActionState(signInAction, null)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <form action={submit} className="space-y-4">
      <input type="hidden" name="next" value={next} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {error !== null && (
        <>
          <p role="alert" className="text-bad">
            {error}
          </p>
          <TextField
            label="Code"
            name="code"
            inputMode="text"
            autoComplete="one-time-code"
            hint="From your authenticator app, or a recovery code. Leave it empty if you never set one up."
          />
        </>
      )}
      <Button type="submit" variant="primary" busy={pending} className="w-full">
        Sign in
      </Button>
      <p className="text-center">
        <Link href="/forgot" className="link underline">
          Forgot the password?
        </Link>
      </p>
      {demo && (
        <section className="border-t pt-4" aria-label="Demo accounts">
          <p className="mb-2 text-muted">
            This is a demo on simulated data. Each account has the password <code>{demo.password}</code>
          </p>
          <div className="grid grid-cols-2 gap-2">
            {demo.accounts.map((account) => (
              <Button
                key={account.role}
                type="submit"
                disabled={pending}
                title={account.email}
                onClick={() => {
                  setEmail(account.email)
                  setPassword(demo.password)
                }}
                formAction={(form) => {
                  form.set('email', account.email)
                  form.set('password', demo.password)
                  submit(form)
                }}
                formNoValidate
              >
                As {account.role}
              </Button>
            ))}
          </div>
        </section>
      )}
    </form>
  )
}
