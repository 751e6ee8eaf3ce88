import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { registryChange } from './registry-change'

export const END_DAY = 20_400

/**
 * Events of a simulated fleet up to END_DAY as winlogbeat writes them, a line each: the same for the same numbers.
 * `proxyPercent`: how many of them are proxy executions, in place of what a log of process creations holds: fewer with registry changes among them, more with
 * other processes left out.
 */
export function winlogbeatLines(hosts: number, days: number, proxyPercent?: number): string[] {
  const creations: { fields: JsonObject; isProxy: boolean }[] = []
  for (const { fields, format, truth } of simulateFleet({
    hosts,
    days,
    endDayUtc: END_DAY,
    seed: 7,
    attacks: true,
  }))
    if (format === 'winlogbeat') creations.push({ fields, isProxy: truth.binary !== null })
  if (proxyPercent === undefined) return creations.map(({ fields }) => JSON.stringify(fields))
  const proxies = creations.filter(({ isProxy }) => isProxy).length
  const othersForOne = (proxies * (100 / proxyPercent - 1)) / Math.max(1, creations.length - proxies)
  const lines: string[] = []
  let owed = 0
  for (const { fields, isProxy } of creations) {
    if (isProxy) lines.push(JSON.stringify(fields))
    else owed += othersForOne
    for (let other = 0; !isProxy && owed >= 1; other++, owed--)
      lines.push(other === 0 ? JSON.stringify(fields) : registryChange(fields, lines.length))
  }
  return lines
}
