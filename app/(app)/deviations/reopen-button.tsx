'use client'

import { RotateCcw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { Target } from './own-changes'
import { useTriage } from './use-triage'

/** Takes back what an item taught, where nothing else can be said of it. */
export function ReopenButton({ target }: { target: Target }) {
  const { judge, busy } = useTriage()
  return (
    <Button
      busy={busy}
      onClick={() => void judge([target], { to: 'open' })}
      title="Takes back what it taught"
    >
      <RotateCcw aria-hidden />
      Reopen
    </Button>
  )
}
