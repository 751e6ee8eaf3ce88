import type { Host } from '../fleet'
import type { HostDay } from '../host-day'

/** One reason for which processes start on a computer, day by day. */
export type Behaviour = {
  /** Names the random stream: changing it changes what the behaviour draws. */
  name: string
  runsOn: (host: Host) => boolean
  run: (day: HostDay) => void
}

export const onDesks = (host: Host): boolean => host.role === 'workstation' || host.role === 'developer'
export const onServers = (host: Host): boolean => !onDesks(host)
export const everywhere = (): boolean => true
