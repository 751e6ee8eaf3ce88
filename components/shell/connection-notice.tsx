'use client'

import { ClockTime } from '@/components/ui/time'
import { useConnection } from './live'

/** Says while the server cannot be reached that what is shown is of before. */
export function ConnectionNotice() {
  const connection = useConnection()
  return (
    <div aria-live="polite" className="shrink-0 print:hidden">
      {connection.kind === 'lost' && (
        <p className="border-b bg-warn-soft px-4 py-1.5">
          <span className="font-medium">Connection lost.</span> What you see is of{' '}
          <ClockTime at={connection.sinceMs * 1000} />; trying again.
        </p>
      )}
    </div>
  )
}
