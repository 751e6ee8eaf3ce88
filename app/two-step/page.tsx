import type { Metadata } from 'next'
import { requireAnySession } from '@/lib/access/current-actor'
import { Gate } from '../gate'
import { ForcedSetUp } from './forced-set-up'

export const metadata: Metadata = { title: 'Two-step sign-in' }

/** Where everybody lands whose role needs the second step and who has none yet; stays until they have kept their recovery codes. */
export default async function TwoStepPage() {
  await requireAnySession()
  return (
    <Gate
      title="Two-step sign-in"
      description="Your role needs a code from an authenticator app besides the password. It takes a minute."
    >
      <ForcedSetUp />
    </Gate>
  )
}
