'use client'

import { useRouter } from 'next/navigation'
import { ProveIdentityProvider } from '@/components/ui/prove-identity'
import { ToastProvider } from '@/components/ui/toast'
import { proveIdentityAction } from './actions'
import { SetUp } from './set-up'

export function ForcedSetUp() {
  const router = useRouter()
  return (
    <ToastProvider>
      {/* whom a provider signs in has the second step there */}
      <ProveIdentityProvider prove={proveIdentityAction} proveElsewhere={null}>
        <SetUp onDone={() => router.replace('/')} />
      </ProveIdentityProvider>
    </ToastProvider>
  )
}
