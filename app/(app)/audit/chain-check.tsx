'use client'

import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import { type ChainStatus, verifyAction } from './actions'

/** Recomputes every hash of the log, and says whether it is whole. */
export function ChainCheck() {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [status, setStatus] = useState<ChainStatus | null>(null)
  const verify = async () => {
    setBusy(true)
    const answer = await verifyAction().finally(() => setBusy(false))
    if (answer.ok) setStatus(answer.value)
    else toast(answer.message, 'bad')
  }
  return (
    <div className="flex items-center gap-2">
      <span role="status">{status !== null && <Verdict status={status} />}</span>
      <Button busy={busy} onClick={verify}>
        Check the chain
      </Button>
    </div>
  )
}

function Verdict({ status }: { status: ChainStatus }) {
  if (status.is === 'whole')
    return (
      <Badge tone="good" icon={<ShieldCheck aria-hidden />} title={`The last hash: ${status.head}`}>
        whole: {countOf(status.entries, 'entry', 'entries')} follow from each other
      </Badge>
    )
  return (
    <Badge tone="bad" icon={<ShieldAlert aria-hidden />}>
      {status.is === 'broken'
        ? `broken at entry ${status.at}: it was changed, or one before it is missing`
        : `cut short: ${status.missing} missing at its end`}
    </Badge>
  )
}
