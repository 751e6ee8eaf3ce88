import type { UsageFact } from '@/lib/pipeline/deviation/score-host-day'
import { SENSORS } from '@/lib/pipeline/event/event'
import { type MergedFields, mergeRecords } from '@/lib/pipeline/normalise/merge-records'
import { toSigmaConnection, toSigmaModule, toSigmaQuery } from '@/lib/pipeline/sigma/action-events'
import { toSigmaProcess } from '@/lib/pipeline/sigma/process-event'
import type { SigmaHit, SigmaProduct } from '@/lib/pipeline/sigma/rule'
import type { SigmaEngine, SigmaEvent } from '@/lib/pipeline/sigma/rule-engine'
import type { ContactRow, LoadedRow } from '@/lib/store/recompute/day-actions'
import type { RecordOfProcess } from '@/lib/store/recompute/day-executions'
import { byProcess } from './by-process'

/** The Sigma rules that a process met by its start, and by what it loaded and reached; a rule once an event. */
export type ProcessHits = (
  process: readonly [RecordOfProcess, ...RecordOfProcess[]],
  product: SigmaProduct,
) => readonly SigmaHit[]

type Actions = { loaded: readonly LoadedRow[]; contacts: readonly ContactRow[] }

const SYSMON = SENSORS.indexOf('sysmon')
const NONE: readonly SigmaHit[] = []

/** Evaluates a day's processes and what they did. */
export function hitReader(engine: SigmaEngine, actions: Actions): ProcessHits {
  if (engine.rules === 0) return () => NONE
  const hitsOf = remembering(engine)
  const loaded = byProcess(actions.loaded)
  const contacts = byProcess(actions.contacts)
  return (process, product) => {
    const [{ hostId, anchorId }] = process
    const facts = mergeRecords(process)
    const bySysmon = process.some(({ sensor }) => sensor === SYSMON)
    const key = `${hostId} ${anchorId}`
    const events: SigmaEvent[] = [
      { category: 'process_creation', product, fields: toSigmaProcess(facts, bySysmon) },
      ...(loaded.get(key) ?? []).map((row) => toModuleEvent(facts, row, product)),
      ...(contacts.get(key) ?? []).map((row) => toContactEvent(facts, row, product)),
    ]
    return events.length === 1 ? hitsOf(events[0] as SigmaEvent) : events.flatMap(hitsOf)
  }
}

/** What looks the same to every rule is evaluated once: a day repeats itself. */
function remembering(engine: SigmaEngine): (event: SigmaEvent) => readonly SigmaHit[] {
  const known = new Map<string, readonly SigmaHit[]>()
  const asked = engine.asked && [...engine.asked]
  return (event) => {
    const { category, product, fields } = event
    // undefined (unknown) must not look like null (empty): JSON writes both as null in a list
    const values = (asked ?? Object.keys(fields)).map(
      (name) => fields[name] ?? (fields[name] === null ? 0 : null),
    )
    const key = JSON.stringify([category, product, values])
    const hits = known.get(key) ?? engine.hits(event)
    known.set(key, hits)
    return hits
  }
}

function toModuleEvent(actor: MergedFields, row: LoadedRow, product: SigmaProduct): SigmaEvent {
  const { path, status, md5, sha1, sha256, imphash } = row
  const hashes = { md5, sha1, sha256, imphash }
  const fields = toSigmaModule(actor, { ...row, module: path, signatureStatus: status, hashes })
  return { category: 'image_load', product, fields }
}

function toContactEvent(actor: MergedFields, row: ContactRow, product: SigmaProduct): SigmaEvent {
  const { name, answers, ip, port } = row
  if (answers !== null) {
    const fields = toSigmaQuery(actor, { query: name ?? '', results: answers })
    return { category: 'dns_query', product, fields }
  }
  const made = { ...row, destinationIp: ip, destinationHost: name, destinationPort: port }
  return { category: 'network_connection', product, fields: toSigmaConnection(actor, made) }
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
