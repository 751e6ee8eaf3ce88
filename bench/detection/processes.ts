import { type DayFact, readDay } from '@/lib/operations/recompute/read-day'
import type { TraitsOf } from '@/lib/operations/recompute/read-traits'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { daysBefore } from '@/lib/pipeline/deviation/days-before'
import type { FleetDay, FleetHostDay } from '@/lib/pipeline/deviation/fold-fleet'
import { hash64 } from '@/lib/pipeline/hash'
import { correlate } from '@/lib/pipeline/normalise/correlate'
import { groupHostNames } from '@/lib/pipeline/normalise/host-name'
import type { RecordOfProcess } from '@/lib/store/recompute/day-executions'
import { ENTRY_BY_ID } from './catalogue'
import { groupBy } from './group-by'
import { imageName, type Log, sensorIndex } from './log'
import { traitsByDay } from './process-actions'

/** One execution, whatever reported it. */
export type Execution<Mark> = {
  host: string
  day: number
  atUs: number
  signature: Signature
  principalId: string
  image: string
  commandLine: string | null
  parentImage: string | null
  marks: readonly Mark[]
}

export type Fleet<Mark> = { days: FleetDay[]; executions: Execution<Mark>[]; creations: number }

type Row<Mark> = RecordOfProcess & {
  host: string
  marks: readonly Mark[]
  anchorAtUs: number
  pid: number | null
  processGuid: string | null
  fileName: string
}

const DAY_US = 86_400_000_000
const PARENT_REACH_US = 90 * DAY_US

function machineNames<Mark>({ executions, others, following }: Log<Mark>): Map<string, string> {
  const hosts = executions.map(({ host }) => host)
  const names = groupHostNames(new Set([...others.keys(), ...following.keys(), ...hosts]))
  return new Map(names.flatMap((group) => group.map((name) => [name, group[0] ?? name] as const)))
}

type Parent = { parentImage: string | null; image: string; atUs: number }

/** Parents of a machine's processes, by ProcessGuid and by process id in order of time. */
function lineageOf<Mark>(log: Log<Mark>, machineOf: ReadonlyMap<string, string>) {
  const byGuid = new Map<string, Parent>()
  const byPid = new Map<string, Parent[]>()
  for (const [name, processes] of log.others) {
    const host = machineOf.get(name) ?? name
    for (const { processGuid, pid, parentImage, image, atUs } of processes) {
      const parent = { parentImage, image, atUs }
      if (processGuid !== null) byGuid.set(`${host} ${processGuid}`, parent)
      if (pid === null) continue
      const key = `${host} ${pid}`
      const known = byPid.get(key)
      if (known === undefined) byPid.set(key, [parent])
      else known.push(parent)
    }
  }
  for (const parents of byPid.values()) parents.sort((a, b) => a.atUs - b.atUs)
  return { byGuid, byPid }
}

type Lineage = ReturnType<typeof lineageOf>

/** As the store finds it: by the parent's ProcessGuid, else by the latest process of that id if its image agrees. */
function grandparentOf(lineage: Lineage, host: string, event: Log<unknown>['executions'][number]['event']) {
  if (event.grandparentImage !== null) return event.grandparentImage
  if (event.parentProcessGuid !== null)
    return lineage.byGuid.get(`${host} ${event.parentProcessGuid}`)?.parentImage ?? null
  const parents = lineage.byPid.get(`${host} ${event.parentPid}`) ?? []
  const latest = parents.findLast(
    ({ atUs }) => atUs <= event.time.us && atUs > event.time.us - PARENT_REACH_US,
  )
  return latest?.image.toLowerCase() === event.parentImage?.toLowerCase()
    ? (latest?.parentImage ?? null)
    : null
}

function toRows<Mark>(log: Log<Mark>, machineOf: ReadonlyMap<string, string>): Row<Mark>[] {
  const hostIds = new Map([...new Set(machineOf.values())].sort().map((name, index) => [name, index + 1]))
  const lineage = lineageOf(log, machineOf)
  return log.executions.map(({ event, host: printed, entryId, hostedEntryId, marks }) => {
    const host = machineOf.get(printed) ?? printed
    const id = hash64('record', host, event.recordKey)
    const hasPrincipal = event.user !== null || event.userSid !== null
    return {
      host,
      hostId: hostIds.get(host) ?? 0,
      marks,
      id,
      anchorId: id,
      anchorAtUs: event.time.us,
      occurredAtUs: event.time.us,
      sensor: sensorIndex(event),
      entryId,
      hostedEntryId,
      principalId: hasPrincipal ? hash64('principal', event.user, event.userSid) : null,
      image: event.image,
      originalFileName: event.originalFileName,
      commandLine: event.commandLine,
      parentImage: event.parentImage,
      parentCommandLine: event.parentCommandLine,
      grandparentImage: grandparentOf(lineage, host, event),
      user: event.user,
      userSid: event.userSid,
      integrityLevel: event.integrityLevel,
      currentDirectory: event.currentDirectory,
      logonId: event.logonId,
      hashes: event.hashes,
      pid: event.pid,
      hasPid: event.pid !== null,
      printedHost: printed,
      processGuid: event.processGuid,
      fileName: imageName(event),
    }
  })
}

function anchorRows(rows: readonly Row<unknown>[]): void {
  const withPid = rows.filter(({ pid }) => pid !== null)
  for (const group of groupBy(
    withPid,
    ({ hostId, pid, fileName }) => `${hostId} ${pid} ${fileName}`,
  ).values()) {
    if (group.length < 2) continue
    const anchors = correlate(
      group.map(({ id, occurredAtUs, sensor, commandLine }) => ({
        id,
        atUs: occurredAtUs,
        sensor,
        commandLine,
      })),
    )
    for (const row of group) {
      const anchor = anchors.get(row.id)
      if (anchor === undefined) continue
      row.anchorId = anchor.id
      row.anchorAtUs = anchor.atUs
    }
  }
}

function compare(a: Row<unknown>, b: Row<unknown>): number {
  return (
    a.hostId - b.hostId ||
    a.anchorAtUs - b.anchorAtUs ||
    (a.anchorId < b.anchorId ? -1 : Number(a.anchorId > b.anchorId)) ||
    a.sensor - b.sensor ||
    a.occurredAtUs - b.occurredAtUs ||
    (a.id < b.id ? -1 : 1)
  )
}

/** What the store answers when a day is computed. */
export type Arranged<Mark> = {
  days: { day: number; records: Row<Mark>[]; traitsOf: TraitsOf }[]
  creations: number
}

/** The log as the store would hold it: correlated, with lineage and what processes did, by day. */
export function arrange<Mark>(log: Log<Mark>): Arranged<Mark> {
  const machineOf = machineNames(log)
  const rows = toRows(log, machineOf)
  anchorRows(rows)
  const traitsOn = traitsByDay(log, machineOf, rows)
  const byDay = groupBy(rows, ({ anchorAtUs }) => String(Math.floor(anchorAtUs / DAY_US)))
  const days = Array.from(byDay, ([day, found]) => ({
    day: Number(day),
    records: found.toSorted(compare),
    traitsOf: traitsOn(Number(day)),
  }))
  return { days: days.sort((a, b) => a.day - b.day), creations: log.creations }
}

/** The log's executions as the recomputation reads them: correlated, with lineage and signatures, by day. */
export function readFleet<Mark>(log: Log<Mark>, groupOf: (host: string) => string | null): Fleet<Mark> {
  return readArranged(arrange(log), groupOf)
}

/** The signatures and usage of what the store would answer. */
export function readArranged<Mark>(
  { days: arranged, creations }: Arranged<Mark>,
  groupOf: (host: string) => string | null,
): Fleet<Mark> {
  const days: FleetDay[] = []
  const executions: Execution<Mark>[] = []
  const reportedOn = new Map<number, number[]>()
  for (const { day, records, traitsOf } of arranged) {
    for (const hostId of new Set(records.map((one) => one.hostId)))
      reportedOn.set(hostId, [...(reportedOn.get(hostId) ?? []), day])
    const read = readDay(records, ENTRY_BY_ID, { hitsOf: () => [], traitsOf })
    const hostName = new Map(records.map(({ hostId, host }) => [hostId, host]))
    const hosts: FleetHostDay[] = [...read.facts].map(([hostId, facts]) => {
      const host = hostName.get(hostId) ?? ''
      return {
        host,
        group: groupOf(host),
        facts,
        reportedDays: daysBefore(reportedOn.get(hostId) ?? [], day),
      }
    })
    const signatures = new Map([...read.signatures].map(([id, { signature }]) => [id, signature]))
    days.push({ day, hosts, signatures })
    for (const execution of executionsOn(day, records, { facts: read.facts, signatures, hostName }))
      executions.push(execution)
  }
  return { days, executions, creations }
}

type DayRead = {
  facts: ReturnType<typeof readDay>['facts']
  signatures: ReadonlyMap<string, Signature>
  hostName: ReadonlyMap<number, string>
}

/** A day's executions: one for each process, however many sensors report it. */
function* executionsOn<Mark>(
  day: number,
  records: readonly Row<Mark>[],
  { facts, signatures, hostName }: DayRead,
): Generator<Execution<Mark>> {
  const useOf = usesByAnchor(facts)
  for (const parts of groupBy(records, ({ hostId, anchorId }) => `${hostId} ${anchorId}`).values()) {
    const record = parts.find(({ id, anchorId }) => id === anchorId) ?? parts[0]
    const use = record && useOf.get(`${record.hostId} ${record.id}`)
    const signature = use && signatures.get(use.signatureId)
    if (!record || !use || !signature) continue
    yield {
      host: hostName.get(record.hostId) ?? '',
      day,
      atUs: record.occurredAtUs,
      signature,
      principalId: use.principalId,
      image: record.image,
      commandLine: parts.find(({ commandLine }) => commandLine !== null)?.commandLine ?? null,
      parentImage: parts.find(({ parentImage }) => parentImage !== null)?.parentImage ?? null,
      marks: parts.flatMap(({ marks }) => marks),
    }
  }
}

/** What counts each execution, by `HOST_ID ANCHOR_ID`. */
function usesByAnchor(facts: ReadonlyMap<number, readonly DayFact[]>): Map<string, DayFact> {
  return new Map(
    [...facts].flatMap(([hostId, ofHost]) =>
      ofHost.flatMap((fact) => fact.anchorIds.map((id) => [`${hostId} ${id}`, fact] as const)),
    ),
  )
}
