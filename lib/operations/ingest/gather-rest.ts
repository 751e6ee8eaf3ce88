import { moduleValue } from '@/lib/pipeline/baseline/trait/module-trait'
import { dayOfNumber } from '@/lib/pipeline/days'
import type {
  Attempt,
  CordonEvent,
  FollowingEvent,
  NetworkConnection,
  TelemetryKind,
} from '@/lib/pipeline/event/event'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { classifyPath, fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { spelledOut } from '@/lib/pipeline/normalise/record/control/control-path'
import type { IncomingAttempt, IncomingPolicy } from '@/lib/store/ingest/control-events'
import type { IncomingFollowing } from '@/lib/store/ingest/following-events'
import type { IncomingTelemetry } from '@/lib/store/ingest/telemetry'
import type { IncomingRest } from '@/lib/store/ingest/write-batch'
import { remembering } from '@/lib/store/remembering'
import type { Recogniser } from './recogniser'

/** Whose process an image is: a proxy binary's by name, perhaps a renamed copy of one (it lies where users can put files), or neither. */
type Suspicion = 'by-name' | 'perhaps' | 'none'

/** Of paths, a file's import. */
const REMEMBERED = 1024 * 1024

/** Tells of each image whose process it is; machines repeat themselves. */
export function suspicionOf(recogniser: Recogniser): (image: string | null) => Suspicion {
  const known = remembering<Suspicion>({ most: REMEMBERED })
  return (image) => (image === null ? 'perhaps' : known(image, () => judge(image, recogniser)))
}

function judge(image: string, recogniser: Recogniser): Suspicion {
  if (recogniser({ image, originalFileName: null, commandLine: null }).entryId !== null) return 'by-name'
  return isInstalled(classifyPath(image)) ? 'none' : 'perhaps'
}

/** Gathers what is stored beside process creations: what proxy binaries do, what controls report, and that events of a kind arrive at all. */
export class RestGatherer {
  private following: IncomingFollowing[] = []
  private attempts: IncomingAttempt[] = []
  private policies: IncomingPolicy[] = []
  private telemetry = new Map<string, IncomingTelemetry>()
  private readonly suspicion: (image: string | null) => Suspicion

  constructor(private readonly recogniser: Recogniser) {
    this.suspicion = suspicionOf(recogniser)
  }

  /** Takes an event; answers whether it is kept. */
  add(event: CordonEvent, hostName: string): boolean {
    switch (event.kind) {
      case 'process-creation':
        // that creations arrive is told by the creations themselves
        if (event.shiftSeconds !== undefined) this.mark(event, event.kind, '', hostName)
        return false
      case 'module-load':
      case 'network-connection':
      case 'dns-query':
      case 'process-end':
        return this.addFollowing(event, hostName)
      case 'attempt':
        return this.addAttempt(event, hostName)
      case 'policy-state':
        this.mark(event, event.kind, event.control, hostName)
        this.policies.push({ event, hostName })
        return true
      default:
        return false
    }
  }

  /** What was gathered; nothing is left. */
  take(): IncomingRest {
    const { following, attempts, policies, telemetry } = this
    this.following = []
    this.attempts = []
    this.policies = []
    this.telemetry = new Map()
    return { following, attempts, policies, telemetry: [...telemetry.values()] }
  }

  private addFollowing(event: FollowingEvent, hostName: string): boolean {
    this.mark(event, event.kind, '', hostName)
    const suspicion = this.suspicion(event.image)
    if (suspicion === 'none') return false
    const byName = suspicion === 'by-name'
    if (event.kind === 'module-load') {
      if (byName) this.mark(event, event.kind, fileName(event.image ?? '').slice(0, 255), hostName)
      if (moduleValue(event, event.image) === null) return false
    }
    this.following.push({ event, hostName, byName })
    if (byName && event.kind === 'network-connection' && event.outcome === 'blocked')
      this.addAttempt(blockedConnection(event), hostName)
    return true
  }

  private addAttempt(event: Attempt, hostName: string): boolean {
    this.mark(event, event.kind, event.control, hostName)
    const entryId = this.entryOf(event)
    // an allow-list reports every program that it lets pass
    if (entryId === null && event.outcome === 'allowed') return false
    this.attempts.push({ event, hostName, entryId })
    return true
  }

  /** The proxy binary that was stopped, or that wanted what was stopped. */
  private entryOf({ filePath, originalFileName, commandLine, parentImage }: Attempt): number | null {
    const own = this.recogniser({ image: spelledOut(filePath), originalFileName, commandLine }).entryId
    if (own !== null || parentImage === null) return own
    return this.recogniser({ image: parentImage, originalFileName: null, commandLine: null }).entryId
  }

  private mark(event: CordonEvent, kind: TelemetryKind, subject: string, hostName: string): void {
    const { us } = event.time
    const hour = Math.floor(us / 3_600_000_000)
    const day = Math.floor(hour / 24)
    const key = `${hostName}\0${day}\0${event.sensor}\0${kind}\0${subject}`
    const shift = event.shiftSeconds ?? null
    const known = this.telemetry.get(key)
    if (known === undefined) {
      this.telemetry.set(key, {
        hostName,
        day: dayOfNumber(day),
        sensor: event.sensor,
        kind,
        subject,
        hours: 1 << (hour % 24),
        firstAtUs: us,
        lastAtUs: us,
        leastShift: shift,
        greatestShift: shift,
      })
      return
    }
    known.hours |= 1 << (hour % 24)
    known.firstAtUs = Math.min(known.firstAtUs, us)
    known.lastAtUs = Math.max(known.lastAtUs, us)
    if (shift === null) return
    known.leastShift = Math.min(known.leastShift ?? shift, shift)
    known.greatestShift = Math.max(known.greatestShift ?? shift, shift)
  }
}

/** A connection that the firewall blocked, as an attempt of the program that wanted it. */
function blockedConnection(event: NetworkConnection): Attempt {
  const { position, recordId, host, time, timeSource, pid, image, protocol, destinationIp, destinationPort } =
    event
  return {
    kind: 'attempt',
    recordKey: `firewall:${event.recordKey}`,
    sensor: null,
    position,
    recordId,
    host,
    time,
    timeSource,
    control: 'firewall',
    outcome: 'blocked',
    ruleId: null,
    ruleName: null,
    policyId: null,
    policyName: null,
    filePath: image ?? '',
    originalFileName: null,
    signer: null,
    fileHash: null,
    commandLine: null,
    destination: `${destinationIp ?? '?'}:${destinationPort ?? '?'} ${protocol ?? ''}`.trim(),
    pid,
    parentImage: null,
    parentCommandLine: null,
    user: null,
    userSid: null,
  }
}
