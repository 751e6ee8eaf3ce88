import { systemActor } from '@/lib/pipeline/actor'
import { ensureGroup, joinGroup } from '@/lib/store/groups'
import { resolveHosts } from '@/lib/store/hosts'
import type { Pool } from '@/lib/store/pool'
import { audited } from './audited'

/** Puts hosts that are in no group yet into groups by an asset list, groups made where missing, as if they had always been in them. */
export async function placeHosts(
  pool: Pool,
  assets: readonly { name: string; group: string }[],
): Promise<void> {
  const hosts = await resolveHosts(
    pool,
    assets.map(({ name }) => name),
  )
  let placed = 0
  for (const { name, group } of assets) {
    const host = hosts.get(name)
    if (host && (await joinGroup(pool, host.hostId, await ensureGroup(pool, group)))) placed++
  }
  if (placed === 0) return
  const subject = {
    action: 'hosts-placed',
    subjectKind: 'host-group',
    subjectId: 'asset list',
    detail: { placed },
  }
  await audited(systemActor('asset list'), subject, async () => undefined)
}
