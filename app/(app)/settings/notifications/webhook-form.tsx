'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { HandedOver } from '@/components/ui/handed-over'
import { Timestamp } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { HowSigned } from '../how-signed'
import { removeWebhookAction, sendTestAction, setWebhookAction } from './actions'

/** Sets, tests and removes the address that notifications are posted to; its secret is shown once. */
export function WebhookForm({ webhook }: { webhook: { url: string; createdAt: number } | null }) {
  const { run, busy } = useAction()
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [secret, setSecret] = useState<string | null>(null)
  const save = async () => {
    const answer = await run(
      () => setWebhookAction(url),
      'The webhook is set.',
      `Be told by the webhook ${url}`,
    )
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
          Set <Timestamp at={webhook.createdAt} />. <HowSigned />
        </p>
      )}
    </div>
  )
}

function Secret({ secret }: { secret: string }) {
  return (
    <div role="status" className="space-y-1">
      <p className="font-medium">The secret that signs what is posted. It is not shown again.</p>
      <HandedOver name="secret" text={secret} copy="Copy secret" />
    </div>
  )
}
