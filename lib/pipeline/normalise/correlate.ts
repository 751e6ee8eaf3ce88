/** Records of one process from different sensors, found by time, because their ids have nothing in common. */

/** A creation record of one host, process id and image file name. */
export type Candidate = {
  id: string
  atUs: number
  /** Index in SENSORS. */
  sensor: number
  commandLine: string | null
}

const TOLERANCE_US = 2_000_000
/** Exporters shift time zones: real pairs lie a multiple of this apart. */
const ZONE_STEP_US = 15 * 60 * 1_000_000
/** The widest shift seen, +14 h read as −12 h. */
const MAX_SHIFT_US = 26 * 3600 * 1_000_000

/**
 * Process ids come round slowly: a host has a few records of one id and file name within reach. So many are no telemetry, and would take
 * quadratic time: each stands for itself.
 */
export const MAX_CANDIDATES = 500

/**
 * How far records that influence each other's pairing can lie apart: three links of the widest shift. Only texts of Windows logs are shifted, of Sysmon
 * and the Security log; the sensors after them print UTC.
 */
export const CORRELATION_REACH_US = 3 * (MAX_SHIFT_US + TOLERANCE_US)

/**
 * Names for each candidate the one that stands for its process: the record of the sensor that comes first in SENSORS, by way of the others where it has
 * no pair there itself. Two records pair when each is the other's nearest of that sensor, so the answer is a function of the set.
 */
export function correlate(given: readonly Candidate[]): Map<string, Candidate> {
  if (given.length > MAX_CANDIDATES) return new Map(given.map((candidate) => [candidate.id, candidate]))
  const original = new Map(given.map((candidate) => [candidate.id, candidate]))
  const anchors = new Map<string, Candidate>()
  const earlier: Candidate[][] = []
  for (const own of bySensor(given)) {
    const pairs = earlier.map((others) => mutualNearest(own, others))
    for (const candidate of own) {
      const pair = pairs.map((found) => found.get(candidate.id)).find((found) => found !== undefined)
      const anchor = pair === undefined ? candidate : (anchors.get(pair.id) ?? pair)
      anchors.set(candidate.id, original.get(anchor.id) ?? anchor)
    }
    earlier.push(own)
  }
  return anchors
}

/** The candidates of each sensor that has any, in the order of SENSORS, with their command lines squeezed. */
function bySensor(given: readonly Candidate[]): Candidate[][] {
  const groups = new Map<number, Candidate[]>()
  for (const candidate of given) {
    const { sensor, commandLine } = candidate
    const group = groups.get(sensor) ?? []
    group.push({ ...candidate, commandLine: commandLine === null ? null : squeeze(commandLine) })
    groups.set(sensor, group)
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group)
}

function mutualNearest(left: readonly Candidate[], right: readonly Candidate[]): Map<string, Candidate> {
  const pairs = new Map<string, Candidate>()
  for (const candidate of left) {
    const nearest = nearestOf(candidate, right)
    if (nearest && nearestOf(nearest, left)?.id === candidate.id) pairs.set(candidate.id, nearest)
  }
  return pairs
}

function nearestOf(candidate: Candidate, others: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null
  let bestDistance: Distance | null = null
  for (const other of others) {
    const distance = distanceBetween(candidate, other)
    if (distance && (!bestDistance || isNearer(distance, bestDistance))) {
      best = other
      bestDistance = distance
    }
  }
  return best
}

/** Whole zone steps first, then what is left of a step; ids settle ties. */
type Distance = { steps: number; restUs: number; ids: string }

function distanceBetween(a: Candidate, b: Candidate): Distance | null {
  const apartUs = Math.abs(a.atUs - b.atUs)
  const steps = Math.round(apartUs / ZONE_STEP_US)
  const restUs = Math.abs(apartUs - steps * ZONE_STEP_US)
  if (restUs > TOLERANCE_US || steps * ZONE_STEP_US > MAX_SHIFT_US) return null
  if (!compatible(a.commandLine, b.commandLine)) return null
  return { steps, restUs, ids: a.id < b.id ? `${a.id} ${b.id}` : `${b.id} ${a.id}` }
}

function isNearer(a: Distance, b: Distance): boolean {
  if (a.steps !== b.steps) return a.steps < b.steps
  if (a.restUs !== b.restUs) return a.restUs < b.restUs
  return a.ids < b.ids
}

/** The same command line, squeezed, as two sensors print it: missing in one, other white space, or cut off. */
function compatible(x: string | null, y: string | null): boolean {
  if (x === null || y === null) return true
  const shorter = Math.min(x.length, y.length)
  return x === y || (shorter >= CUT_OFF_LENGTH && x.slice(0, shorter) === y.slice(0, shorter))
}

/** Shorter texts are complete, so they must agree whole. */
const CUT_OFF_LENGTH = 256

function squeeze(text: string): string {
  return text
    .replace(/[\s"]+/g, ' ')
    .trim()
    .toLowerCase()
}
