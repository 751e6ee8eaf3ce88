'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { TextField } from '@/components/ui/field'
import { Timestamp } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { removeWebhookAction, sendTestAction, setWebhookAction } from './actions'

/** Sets, tests and removes the address that notifications are posted to; its secret is shown once. */
export function WebhookForm({ webhook }: { webhook: { url: string; createdAt: number } | null }) {
  const { run, busy } = useAction()
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [secret, setSecret] = useState<string | null>(null)
  const save = async () => {
    const answer = await run(() => setWebhookAction(url), 'The webhook is set.')
    if (answer.ok) setSecret(answer.value)
  }
  return (
    <div className="space-y-3">
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label="Address"
          className="min-w-72 flex-1"
          type="url"
          placeholder="https://"
          maxLength={2000}
          required
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button type="submit" variant="primary" busy={busy} disabled={url.trim() === ''}>
          {webhook === null ? 'Set webhook' : 'Set, with a new secret'}
        </Button>
        {webhook !== null && (
          <>
            <Button
              busy={busy}
              onClick={() => void run(() => sendTestAction('webhook'), 'A test is on its way: see below.')}
            >
              Send a test
            </Button>
            <Button
              busy={busy}
              onClick={() => void run(() => removeWebhookAction(), 'The webhook is removed.')}
            >
              Remove
            </Button>
          </>
        )}
      </form>
      {secret !== null && <Secret secret={secret} />}
      {webhook !== null && (
        <p className="text-muted">
          Set <Timestamp at={webhook.createdAt} />. Receivers check <code>Cordon-Signature</code>:{' '}
          <code>t=seconds,v1=HMAC-SHA256(secret, seconds + &quot;.&quot; + body)</code>, and may get one{' '}
          <code>Cordon-Delivery</code> twice.
        </p>
      )}
    </div>
  )
}

function Secret({ secret }: { secret: string }) {
  return (
    <div role="status" className="rounded border bg-surface p-3">
      <p className="font-medium">The secret that signs what is posted. It is not shown again.</p>
      <p className="flex items-center gap-2">
        <code className="break-all">{secret}</code>
        <CopyButton text={secret} label="Copy the secret" />
      </p>
    </div>
  )
}
