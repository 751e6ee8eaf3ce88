import type { UsageFact } from '@/lib/pipeline/deviation/score-host-day'
import { SENSORS } from '@/lib/pipeline/event/event'
import { mergeRecords } from '@/lib/pipeline/normalise/merge-records'
import { toSigmaProcess } from '@/lib/pipeline/sigma/process-event'
import type { SigmaHit, SigmaProduct } from '@/lib/pipeline/sigma/rule'
import type { SigmaEngine } from '@/lib/pipeline/sigma/rule-engine'
import type { RecordOfProcess } from '@/lib/store/recompute/day-executions'

/** The Sigma rules that a process met. */
export type ProcessHits = (
  process: readonly [RecordOfProcess, ...RecordOfProcess[]],
  product: SigmaProduct,
) => readonly SigmaHit[]

const SYSMON = SENSORS.indexOf('sysmon')
const NONE: readonly SigmaHit[] = []

/** Evaluates a day's processes, and what looks the same to every rule once. */
export function hitReader(engine: SigmaEngine): ProcessHits {
  if (engine.rules === 0) return () => NONE
  const known = new Map<string, readonly SigmaHit[]>()
  const asked = engine.asked && [...engine.asked]
  return (process, product) => {
    const bySysmon = process.some(({ sensor }) => sensor === SYSMON)
    const fields = toSigmaProcess(mergeRecords(process), bySysmon)
    // undefined (unknown) must not look like null (empty): JSON writes both as null in a list
    const values = (asked ?? Object.keys(fields)).map(
      (name) => fields[name] ?? (fields[name] === null ? 0 : null),
    )
    const key = JSON.stringify([product, values])
    const hits = known.get(key) ?? engine.hits({ category: 'process_creation', product, fields })
    known.set(key, hits)
    return hits
  }
}

/** Counts a process's hits to what was done with its signature that day. */
export function addHits(fact: UsageFact, hits: readonly SigmaHit[]): void {
  if (hits.length === 0) return
  fact.sigma ??= []
  for (const hit of hits) {
    const use = fact.sigma.find(({ id }) => id === hit.id)
    if (use === undefined) fact.sigma.push({ ...hit, events: 1 })
    else use.events++
  }
}
