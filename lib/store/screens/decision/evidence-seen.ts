import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { loadEvidence } from '@/lib/store/evidence'
import { pool } from '@/lib/store/pool'
import type { HostScope } from '@/lib/store/scope'
import { judgedOf, remembered } from '../remembered'

/** Evidence as pages show it; what is frozen with a decision is worked out when it is frozen. */
export async function loadEvidenceSeen(scope: HostScope, entryId: number): Promise<Evidence> {
  const asked = [scope, entryId, await judgedOf(entryId)]
  return (await remembered('evidence', asked, () => loadEvidence(pool(), scope, entryId))).value
}
