'use client'

import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { answerOf } from '@/components/ui/action-answer'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
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
    const answer = await answerOf(verifyAction).finally(() => setBusy(false))
    if (answer.ok) setStatus(answer.value)
    else toast(answer.message, 'bad')
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span role="status">{status !== null && <Verdict status={status} />}</span>
      <Button busy={busy} onClick={verify}>
        Check the chain
      </Button>
    </div>
  )
}

function Verdict({ status: { entries, head, faults } }: { status: ChainStatus }) {
  if (head !== null)
    return (
      <span className="inline-flex items-center gap-2">
        <Badge tone="good" icon={<ShieldCheck aria-hidden />}>
          whole: {countOf(entries, 'entry', 'entries')} follow from each other
        </Badge>
        <span className="text-muted">last hash</span> <code>{head.slice(0, 12)}…</code>
        <CopyButton text={head} label="Copy the last hash" />
      </span>
    )
  return (
    <span className="inline-flex items-start gap-2">
      <Badge tone="bad" icon={<ShieldAlert aria-hidden />}>
        not whole
      </Badge>
      <span className="wrap-anywhere max-w-[60ch]">{faults.join(' ')}</span>
    </span>
  )
}
