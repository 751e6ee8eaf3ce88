import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { ATTACK_STORIES } from '@/prisma/seed/fleet/attacks/stories'
import { fleetInventory } from '@/prisma/seed/fleet/inventory'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import type { FleetOptions, SimulatedRecord } from '@/prisma/seed/fleet/simulated-record'
import type { Evaluation } from './evaluation'
import { Log } from './log'
import { readFleet } from './processes'
import type { Truth } from './truth'

const QUIET = new Set(ATTACK_STORIES.filter(({ quiet }) => quiet).map(({ name }) => name))

function truthOf({ truth }: SimulatedRecord, executionId: string): Truth {
  return {
    executionId,
    label: truth.label === 'attack' ? 'malicious' : 'benign',
    isProxyExecution: truth.binary !== null,
    technique: truth.technique,
    binary: truth.binary ?? '',
    sigma: false,
    story: truth.story,
    quiet: truth.story !== null && QUIET.has(truth.story),
  }
}

/** The event that a simulated record is. */
export function readSimulated(fields: JsonObject, position: number) {
  const result = toEvent({ position, recordId: null, fields }, { defaultHost: null })
  return result.kind === 'event' ? result.event : null
}

/** A simulated fleet through the same reading as any log. The truth comes from the simulator, one for each execution as correlated. */
export function simulate(
  options: FleetOptions,
  arrange = (records: SimulatedRecord[]) => records,
): Evaluation {
  const log = new Log<Truth>()
  const records = arrange([...simulateFleet(options)])
  for (const [index, record] of records.entries()) {
    const event = readSimulated(record.fields, index + 1)
    if (event?.kind === 'process-creation') log.add(event, truthOf(record, String(index)))
    else if (event !== null) log.addOther(event)
  }
  const groups = new Map(fleetInventory(options).map(({ name, group }) => [name, group]))
  const fleet = readFleet(log, (host) => groups.get(host) ?? null)
  const executions = fleet.executions.map((execution) => {
    // several sensors, several marks of the same truth
    const [truth] = execution.marks.toSorted((a, b) => (a.label < b.label ? 1 : -1))
    return { ...execution, truths: truth === undefined ? [] : [truth] }
  })
  return { fleet, executions, missing: [] }
}
