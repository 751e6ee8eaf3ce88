'use client'

import type { ErrorInfo } from 'next/error'
import { Failure } from '@/components/failure/failure'

/** Where not even the frame around the pages can be made: the database is away, most of the time. */
export default function FrameErrorPage({ error, retry }: Pick<ErrorInfo, 'error' | 'retry'>) {
  return (
    <main className="grid min-h-full place-items-center bg-surface p-4">
      <Failure error={error} retry={retry} what="page" />
    </main>
  )
}
