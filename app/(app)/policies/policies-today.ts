import { cache } from 'react'
import { requireActor } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { loadPolicies } from '@/lib/store/screens/policies'

/** What the decisions in sight become today; once for a page and its layout. */
export const policiesToday = cache(async () => {
  const { scope } = await requireActor()
  return await loadPolicies(scope, now().toISOString().slice(0, 10))
})
