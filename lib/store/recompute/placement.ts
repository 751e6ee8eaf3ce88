import { loadGroupsOn } from '@/lib/store/groups'
import { loadIncidentsOn } from '@/lib/store/incidents'
import type { Db } from '@/lib/store/sql'
import { FLEET_SCOPE } from './prevalence-view'

/** Where a host stands on a day. Groups are scope ids: FLEET_SCOPE = none. */
export type Placement = {
  /** The group that it belongs to: what it teaches counts for it, and rulings for it hold. */
  groupId: number
  /** The group whose baseline judges it. */
  comparedWith: number
  /** An incident holds: the day teaches nothing, and the host's own past does not speak for it. */
  incidentId: number | null
}

/** Where hosts stand on a day. */
export async function loadPlacements(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<(hostId: number) => Placement> {
  const [groups, incidentOf] = await Promise.all([loadGroupsOn(db, hostIds, day), loadIncidentsOn(db, day)])
  return (hostId) => {
    const groupId = groups.get(hostId) ?? FLEET_SCOPE
    const incident = incidentOf(hostId, groupId)
    if (incident === null) return { groupId, comparedWith: groupId, incidentId: null }
    return { groupId, comparedWith: incident.groupId ?? FLEET_SCOPE, incidentId: incident.id }
  }
}
