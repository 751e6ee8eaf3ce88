'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { endTwoStepAction, renewRecoveryCodesAction } from '@/app/two-step/actions'
import { RecoveryCodes } from '@/app/two-step/recovery-codes'
import { SetUp } from '@/app/two-step/set-up'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'

type TwoStepProps = { since: number | null; recoveryCodesLeft: number; required: boolean }

/** The authenticator of one's own account. */
export function TwoStep({ since, recoveryCodesLeft, required }: TwoStepProps) {
  const router = useRouter()
  const { run, busy } = useAction()
  const [codes, setCodes] = useState<string[] | null>(null)
  const [settingUp, setSettingUp] = useState(since === null)
  const [ending, setEnding] = useState(false)
  const done = () => {
    setCodes(null)
    setSettingUp(false)
    router.refresh()
  }
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={done} />
  if (settingUp || since === null) return <SetUp onDone={done} />
  const renew = async () => {
    const answer = await run(
      renewRecoveryCodesAction,
      'The earlier codes no longer work.',
      'Replace your recovery codes',
    )
    if (answer.ok) setCodes(answer.value)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="min-w-56 flex-1">
        Set up <RelativeTime at={since} />; {recoveryCodesLeft} recovery codes left.
        {required && ' Your role needs it.'}
      </p>
      <Button busy={busy} onClick={renew}>
        New recovery codes
      </Button>
      {!required && <Button onClick={() => setEnding(true)}>Remove…</Button>}
      <ConfirmDialog
        open={ending}
        onOpenChange={setEnding}
        title="Remove the authenticator"
        effect="Your password alone signs you in from then on. The recovery codes stop working."
        confirm="Remove"
        onConfirm={async () => {
          const answer = await run(endTwoStepAction, 'Two-step sign-in is off.', 'Remove the authenticator')
          if (answer.ok) setSettingUp(true)
        }}
      />
    </div>
  )
}
