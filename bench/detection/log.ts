import { suspicionOf } from '@/lib/operations/ingest/gather-rest'
import type { CordonEvent, FollowingEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import { SENSORS } from '@/lib/pipeline/event/event'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { canonicalHostName } from '@/lib/pipeline/normalise/host-name'
import { recognise } from './catalogue'

/** A process creation that any sensor reported; `mark` is whatever the reader of the log wants to find again. */
export type LoggedCreation<Mark> = {
  event: ProcessCreation
  host: string
  mark: Mark
  entryId: number
  hostedEntryId: number | null
}

/** Of every other process, what lineage needs. */
export type ThinCreation = Pick<
  ProcessCreation,
  'pid' | 'processGuid' | 'image' | 'parentImage' | 'parentPid' | 'parentProcessGuid'
> & { atUs: number }

const DAY_US = 86_400_000_000
const UNKNOWN_HOST = 'unknown host'

/**
 * Process creations of any number of files, held in memory: proxy executions whole, other processes thinly.
 * One record is held once, however often it arrives; its marks are kept together.
 */
export class Log<Mark> {
  readonly executions: (Omit<LoggedCreation<Mark>, 'mark'> & { marks: Mark[] })[] = []
  readonly others = new Map<string, ThinCreation[]>()
  /** What processes of proxy binaries, and perhaps of renamed copies, did after their start, by host. */
  readonly following = new Map<string, FollowingEvent[]>()
  /** What hosts report on a day: "host\nday\nkind\nsubject", the subject of a module load being a proxy binary's file name. */
  readonly reported = new Set<string>()
  creations = 0
  private readonly known = new Map<string, { marks: Mark[] } | null>()
  private readonly suspicion = suspicionOf(recognise)

  add(event: ProcessCreation, mark: Mark): void {
    const host = canonicalHostName(event.host ?? UNKNOWN_HOST)
    const key = `${host}\n${event.recordKey}`
    const known = this.known.get(key)
    if (known !== undefined) {
      known?.marks.push(mark)
      return
    }
    this.creations++
    const { entryId, hostedEntryId } = recognise(event)
    if (entryId === null) {
      this.known.set(key, null)
    } else {
      const execution = { event, host, marks: [mark], entryId, hostedEntryId }
      this.executions.push(execution)
      this.known.set(key, execution)
    }
    this.addThin(host, event)
  }

  /** Takes any event; what is no creation has no mark. */
  addOther(event: CordonEvent): void {
    switch (event.kind) {
      case 'module-load':
      case 'network-connection':
      case 'dns-query':
        this.addFollowing(event, canonicalHostName(event.host ?? UNKNOWN_HOST))
    }
  }

  private addFollowing(event: FollowingEvent, host: string): void {
    const suspicion = this.suspicion(event.image)
    const day = Math.floor(event.time.us / DAY_US)
    const subject = suspicion === 'by-name' ? fileName(event.image ?? '') : ''
    const what = event.kind === 'module-load' ? `module\n${subject}` : 'network\n'
    this.reported.add(`${host}\n${day}\n${what}`)
    const key = `${host}\n${event.recordKey}`
    if (suspicion === 'none' || this.known.has(key)) return
    this.known.set(key, null)
    const following = this.following.get(host) ?? []
    this.following.set(host, following)
    following.push(event)
  }

  private addThin(host: string, event: ProcessCreation): void {
    const others = this.others.get(host) ?? []
    this.others.set(host, others)
    others.push({
      pid: event.pid,
      processGuid: event.processGuid,
      image: event.image,
      parentImage: event.parentImage,
      parentPid: event.parentPid,
      parentProcessGuid: event.parentProcessGuid,
      atUs: event.time.us,
    })
  }
}

/** Bit positions of sensors, as correlation orders them. */
export function sensorIndex(event: ProcessCreation): number {
  return SENSORS.indexOf(event.sensor)
}

/** The image's file name, by which records of one process are found. */
export function imageName(event: ProcessCreation): string {
  return fileName(event.image).slice(0, 255)
}
