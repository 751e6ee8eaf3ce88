import { type TraitsOf, traitReader } from '@/lib/operations/recompute/read-traits'
import type { FollowingEvent } from '@/lib/pipeline/event/event'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { ChildRow, ContactRow, LoadedRow, Reported } from '@/lib/store/recompute/day-actions'
import { groupBy } from './group-by'
import type { Log, ThinCreation } from './log'

/** What the store knows of a record of an execution when it looks for an event's owner. */
type Owner = {
  host: string
  hostId: number
  anchorId: string
  entryId: number
  occurredAtUs: number
  pid: number | null
  processGuid: string | null
  fileName: string
}

const HOUR_US = 3_600_000_000
const EARLY_US = 5_000_000
const PID_REUSE_US = 90 * 24 * HOUR_US

type Followed = { host: string; pid: number | null; guid: string | null; atUs: number; name: string | null }

/** As the store finds it (lib/store/recompute/owner.ts), and only within the first hour. */
function ownerFinder(rows: readonly Owner[]): (event: Followed) => Owner | null {
  const byPid = groupBy(rows, ({ host, pid }) => `${host} ${pid}`)
  for (const owners of byPid.values()) owners.sort((a, b) => b.occurredAtUs - a.occurredAtUs)
  return ({ host, pid, guid, atUs, name }) => {
    const owners = pid === null ? [] : (byPid.get(`${host} ${pid}`) ?? [])
    const fitting = owners.filter(
      (one) =>
        one.occurredAtUs > atUs - PID_REUSE_US &&
        one.occurredAtUs <= atUs + EARLY_US &&
        (guid === null || one.processGuid === null
          ? name === null || one.fileName === name
          : one.processGuid === guid),
    )
    const owner = fitting.find(({ processGuid }) => guid !== null && processGuid === guid) ?? fitting[0]
    return owner !== undefined && atUs < owner.occurredAtUs + HOUR_US ? owner : null
  }
}

function lastName(image: string | null): string | null {
  return image === null ? null : fileName(image) || null
}

function addAction(
  event: FollowingEvent,
  { hostId, anchorId }: Owner,
  loaded: LoadedRow[],
  contacts: ContactRow[],
): void {
  const place = { hostId, anchorId }
  if (event.kind === 'module-load') {
    const { module: path, originalFileName, signed, signer, signatureStatus: status, hashes } = event
    const digests = hashes ?? { md5: null, sha1: null, sha256: null, imphash: null }
    loaded.push({ ...place, path, originalFileName, signed, signer, status, ...digests })
  } else if (event.kind === 'network-connection') {
    const { destinationIp: ip, destinationHost: name, destinationPort: port, protocol, initiated } = event
    contacts.push({ ...place, protocol, ip, name, port, initiated, answers: null })
  } else if (event.kind === 'dns-query') {
    const nowhere = { ip: null, port: null, initiated: null }
    contacts.push({ ...place, ...nowhere, protocol: 'dns', name: event.query, answers: event.results })
  }
}

function toChild(creation: ThinCreation, { hostId, anchorId, entryId }: Owner): ChildRow {
  return { hostId, anchorId, entryId, imageId: '', path: creation.image, atUs: creation.atUs }
}

/** The traits of a log's processes as the store would read them, by day since 1970. */
export function traitsByDay(
  log: Log<unknown>,
  machineOf: ReadonlyMap<string, string>,
  rows: readonly Owner[],
): (day: number) => TraitsOf {
  const ownerOf = ownerFinder(rows)
  const actions = { loaded: [] as LoadedRow[], contacts: [] as ContactRow[], children: [] as ChildRow[] }
  for (const [name, events] of log.following)
    for (const event of events) {
      const { pid, processGuid: guid, image, time } = event
      const host = machineOf.get(name) ?? name
      const owner = ownerOf({ host, pid, guid, atUs: time.us, name: lastName(image) })
      if (owner !== null) addAction(event, owner, actions.loaded, actions.contacts)
    }
  for (const [name, creations] of log.others)
    for (const creation of creations) {
      const { parentPid: pid, parentProcessGuid: guid, parentImage, atUs } = creation
      const host = machineOf.get(name) ?? name
      const owner = ownerOf({ host, pid, guid, atUs, name: lastName(parentImage) })
      if (owner !== null) actions.children.push(toChild(creation, owner))
    }
  const reported = reportedBy(log, machineOf, new Map(rows.map(({ host, hostId }) => [host, hostId])))
  return (day) => traitReader(actions, reported.get(day) ?? new Map())
}

function reportedBy(
  log: Log<unknown>,
  machineOf: ReadonlyMap<string, string>,
  hostIds: ReadonlyMap<string, number>,
): Map<number, Map<number, Reported>> {
  const days = new Map<number, Map<number, { modules: Set<string>; network: boolean }>>()
  for (const mark of log.reported) {
    const [name = '', day = '', kind, subject = ''] = mark.split('\n')
    const hostId = hostIds.get(machineOf.get(name) ?? name)
    if (hostId === undefined) continue
    const hosts = days.get(Number(day)) ?? new Map()
    days.set(Number(day), hosts)
    const known = hosts.get(hostId) ?? { modules: new Set<string>(), network: false }
    hosts.set(hostId, known)
    if (kind === 'network') known.network = true
    else if (subject !== '') known.modules.add(subject)
  }
  return days
}
