import type { Signature } from '@/lib/pipeline/baseline/signature'
import { type ComparedUse, circumstancesOf, signatureOf } from '@/lib/pipeline/baseline/to-signature'
import { isProxyingUse } from '@/lib/pipeline/catalogue/tools/proxying-use'
import { type OwnHost, readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import { placedIn, type Standing } from '@/lib/pipeline/catalogue/tools/working-directory'
import type { UsageFact } from '@/lib/pipeline/deviation/score-host-day'
import { sha256 } from '@/lib/pipeline/hash'
import { mergeRecords } from '@/lib/pipeline/normalise/merge-records'
import { ownDomain } from '@/lib/pipeline/normalise/own-domain'
import { mentions, ownName } from '@/lib/pipeline/normalise/own-name'
import { remembered } from '@/lib/pipeline/remembered'
import { isCounted, type StoredEntry } from '@/lib/store/catalogue'
import type { RecordOfProcess } from '@/lib/store/recompute/day-executions'
import { remembering } from '@/lib/store/remembering'
import type { TraitsOf } from './read-traits'
import { addHits, type ProcessHits } from './sigma-hits'

export type ReadDay = {
  signatures: Map<string, { signature: Signature; entry: StoredEntry }>
  /** Usage by host. */
  facts: Map<number, DayFact[]>
}

/** `anchorIds`: of its executions. */
export type DayFact = UsageFact & { anchorIds: string[] }

/** Users that a source does not report share this id. */
const NO_PRINCIPAL = '0'

/** The day's processes as signatures and usage. `catalogue`: entries that are not retired. `records` come by host, anchor and sensor; `traitsOf` says what else a process did. */
export function readDay(
  records: readonly RecordOfProcess[],
  catalogue: ReadonlyMap<number, StoredEntry>,
  { hitsOf, traitsOf }: { hitsOf: ProcessHits; traitsOf: TraitsOf },
): ReadDay {
  const read: ReadDay = { signatures: new Map(), facts: new Map() }
  const usage = new Map<string, { hostId: number; fact: DayFact }>()
  const signatureOf = signatureReader(catalogue, traitsOf)
  for (const process of groupByAnchor(records)) {
    const anchor = process.find((record) => record.id === record.anchorId) ?? process[0]
    const entry = catalogue.get(anchor.entryId)
    if (!entry || !isCountedUse(entry, process)) continue
    const signature = signatureOf(process, entry)
    read.signatures.set(signature.id, { signature, entry })
    const fact = addUsage(
      usage,
      anchor,
      signature.id,
      process.find(({ principalId }) => principalId !== null)?.principalId ?? NO_PRINCIPAL,
    )
    addHits(fact, hitsOf(process, entry.platform))
  }
  for (const { hostId, fact } of usage.values()) {
    const facts = read.facts.get(hostId)
    if (facts) facts.push(fact)
    else read.facts.set(hostId, [fact])
  }
  return read
}

type Process = Parameters<TraitsOf>[0]

/** A binary that is off counts where some record shows that it ran other code. */
function isCountedUse(entry: StoredEntry, process: Process): boolean {
  return (
    isCounted(entry) ||
    process.some(({ commandLine, image }) => isProxyingUse(entry.slug, commandLine, image))
  )
}

function groupByAnchor(records: readonly RecordOfProcess[]): Process[] {
  const processes = new Map<string, Process>()
  for (const record of records) {
    const key = `${record.hostId} ${record.anchorId}`
    const process = processes.get(key)
    if (process) process.push(record)
    else processes.set(key, [record])
  }
  return [...processes.values()]
}

const readHost = remembered((printed: string) => ({ domain: ownDomain(printed), name: ownName(printed) }))

/** Of the names that its records print, the longest says most. The host's own name only where the command line may hold it: others are read alike on all hosts. */
function hostOf(process: Process, commandLine: string | null): OwnHost {
  const printed = process.reduce((longest, { printedHost: name }) => {
    const longer = name.length > longest.length || (name.length === longest.length && name < longest)
    return longer ? name : longest
  }, '')
  const { domain, name } = readHost(printed)
  return { domain, name: mentions(commandLine, name) ? name : null }
}

/** Reads signatures, and the same process once: machines repeat themselves, from day to day and from host to host. */
function signatureReader(
  catalogue: ReadonlyMap<number, StoredEntry>,
  traitsOf: TraitsOf,
): (process: Process, entry: StoredEntry) => Signature {
  return (process, entry) => {
    const fields = mergeRecords(process)
    const hostedId = process.find(({ hostedEntryId }) => hostedEntryId !== null)?.hostedEntryId ?? null
    const traits = traitsOf(process, fields.image)
    const host = hostOf(process, fields.commandLine)
    // what it hosts counts as the catalogue names it: raw names of scripts and libraries can be random
    const hosted = hostedId === null ? null : (catalogue.get(hostedId)?.slug ?? null)
    const around = circumstancesOf(fields)
    const reading = readingOf(entry.slug, fields.commandLine, fields.image, host)
    const standing = { workingDirectory: fields.currentDirectory, parent: around.parent }
    const { use, content } = placed(entry.slug, reading, standing)
    // what is not reported is null, which differs from an empty text
    const key = JSON.stringify([
      contentOf(entry),
      fields.image,
      fields.originalFileName,
      content,
      hosted,
      around.parent,
      around.parentClass,
      around.grandparent,
      around.user,
      traits.module,
      traits.destination,
      traits.child,
    ])
    return signatures(key, () => signatureOf({ ...fields, entry }, around, use && { ...use, hosted }, traits))
  }
}

/** What of a catalogue entry a signature depends on; entries are read anew every day. */
const CONTENTS = new WeakMap<StoredEntry, string>()

function contentOf(entry: StoredEntry): string {
  const known = CONTENTS.get(entry)
  if (known !== undefined) return known
  const content = sha256(
    JSON.stringify([entry.slug, entry.kind, entry.tier, entry.originalFileNames, entry.paths]),
  )
  CONTENTS.set(entry, content)
  return content
}

/** Some 20,000 signatures, by what they come down to: thousands of names and lines are few of them. */
const signatures = remembering<Signature>({ most: 64 * 1024 * 1024, valueBytes: 2048 })
const readings = remembering<Reading>({ most: 24 * 1024 * 1024, valueBytes: 2048 })

/** What a command line says, and the same as a text: two lines that say the same have equal ones. */
type Reading = { use: Omit<ComparedUse, 'hosted'> | null; content: string }

/** Machines repeat themselves, from day to day and from host to host: the same command line is read once. */
function readingOf(slug: string, commandLine: string | null, image: string, host: OwnHost): Reading {
  const key = `${slug}\0${image}\0${host.domain}\0${host.name}\0${commandLine}`
  return readings(key, () => {
    const read = readToolUse(slug, commandLine, image, host)
    if (read === null) return { use: null, content: '' }
    const { mode, pattern, shape, facts, target } = read
    const use = {
      mode,
      pattern,
      shape,
      facts,
      target: target && { class: target.class, extension: target.extension },
    }
    return { use, content: JSON.stringify(use) }
  })
}

/** The same with code that it names without its folder placed where its process stood. */
function placed(slug: string, reading: Reading, standing: Standing): Reading {
  if (reading.use === null) return reading
  const use = placedIn(slug, reading.use, standing)
  return use === reading.use ? reading : { use, content: JSON.stringify(use) }
}

function addUsage(
  usage: Map<string, { hostId: number; fact: DayFact }>,
  { hostId, id, occurredAtUs }: RecordOfProcess,
  signatureId: string,
  principalId: string,
): DayFact {
  const key = `${hostId} ${signatureId} ${principalId}`
  const hour = Math.floor(occurredAtUs / 3_600_000_000) % 24
  const known = usage.get(key)
  if (!known) {
    const fact = {
      signatureId,
      principalId,
      hourMask: 1 << hour,
      firstAtUs: occurredAtUs,
      lastAtUs: occurredAtUs,
      executions: 1,
      anchorIds: [id],
    }
    usage.set(key, { hostId, fact })
    return fact
  }
  const { fact } = known
  fact.hourMask |= 1 << hour
  fact.firstAtUs = Math.min(fact.firstAtUs, occurredAtUs)
  fact.lastAtUs = Math.max(fact.lastAtUs, occurredAtUs)
  fact.executions++
  fact.anchorIds.push(id)
  return fact
}
