/** Records of one process from different sensors, found by time, because their ids have nothing in common. */

/** A creation record of one host, process id and image file name. */
export type Candidate = {
  id: string
  atUs: number
  /** Index in SENSORS. */
  sensor: number
  commandLine: string | null
}

const SYSMON = 0
const SECURITY = 1
const DEFENDER = 2

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

/** How far records that influence each other's pairing can lie apart: three links of the widest shift. */
export const CORRELATION_REACH_US = 3 * (MAX_SHIFT_US + TOLERANCE_US)

/**
 * Names for each candidate the one that stands for its process: Sysmon's record, else Security's, else itself.
 * Two records pair when each is the other's nearest of that sensor, so the answer is a function of the set.
 */
export function correlate(given: readonly Candidate[]): Map<string, Candidate> {
  if (given.length > MAX_CANDIDATES) return new Map(given.map((candidate) => [candidate.id, candidate]))
  const candidates = given.map((candidate) => ({
    ...candidate,
    commandLine: candidate.commandLine === null ? null : squeeze(candidate.commandLine),
  }))
  const original = new Map(given.map((candidate) => [candidate.id, candidate]))
  const toSysmon = new Map([
    ...mutualNearest(candidates, SECURITY, SYSMON),
    ...mutualNearest(candidates, DEFENDER, SYSMON),
  ])
  const toSecurity = mutualNearest(candidates, DEFENDER, SECURITY)
  return new Map(
    candidates.map((candidate) => {
      const security = toSecurity.get(candidate.id)
      const anchor =
        toSysmon.get(candidate.id) ?? (security && (toSysmon.get(security.id) ?? security)) ?? candidate
      return [candidate.id, original.get(anchor.id) ?? anchor]
    }),
  )
}

function mutualNearest(all: readonly Candidate[], from: number, to: number): Map<string, Candidate> {
  const left = all.filter(({ sensor }) => sensor === from)
  const right = all.filter(({ sensor }) => sensor === to)
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
