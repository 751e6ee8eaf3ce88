import { cache } from 'react'
import { requireActor } from '@/lib/access/current-actor'
import { today } from '@/lib/clock'
import { loadPolicies } from '@/lib/store/screens/policies'

/** What the decisions in sight become today; once for a page and its layout. */
export const policiesToday = cache(async () => {
  const { scope } = await requireActor()
  return await loadPolicies(scope, today())
})
