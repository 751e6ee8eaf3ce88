'use client'

import { useRouter } from 'next/navigation'
import { ToastProvider } from '@/components/ui/toast'
import { SetUp } from './set-up'

export function ForcedSetUp() {
  const router = useRouter()
  return (
    <ToastProvider>
      <SetUp onDone={() => router.replace('/')} />
    </ToastProvider>
  )
}
