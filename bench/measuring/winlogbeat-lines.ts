import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'

export const END_DAY = 20_400

/** Events of a simulated fleet up to END_DAY as winlogbeat writes them, a line each: the same for the same numbers. */
export function winlogbeatLines(hosts: number, days: number): string[] {
  const lines: string[] = []
  for (const { fields, format } of simulateFleet({ hosts, days, endDayUtc: END_DAY, seed: 7, attacks: true }))
    if (format === 'winlogbeat') lines.push(JSON.stringify(fields))
  return lines
}
