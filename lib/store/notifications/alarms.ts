import type { Pool } from '@/lib/store/pool'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import { transaction } from '@/lib/store/sql'
import { type OpenChannels, tell } from './tell'

/** Tells of enforced blocks that do not hold, each once. What is merely not known to hold stays on the decisions' pages. */
export async function tellOfAlarms(pool: Pool, open: OpenChannels): Promise<void> {
  const grave = (await listAlarms({ kind: 'all' })).filter((alarm) => alarm.grave)
  if (grave.length === 0) return
  await transaction(pool, async (client) => {
    for (const { decisionId, ring, key, binary } of grave)
      await tell(
        client,
        {
          event: 'alarm',
          audience: { kind: 'everybody' },
          key: `alarm:${decisionId}:${ring}:${key}`,
          title: `A block does not hold: ${binary}`,
          href: `/decisions/${decisionId}`,
          exceptAccountId: null,
        },
        open,
      )
  })
}
