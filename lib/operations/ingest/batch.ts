import { now } from '@/lib/clock'
import type { CordonEvent } from '@/lib/pipeline/event/event'
import type { ParsedItem, RawRecord, Rejection } from '@/lib/pipeline/event/raw-record'
import type { RecordContext } from '@/lib/pipeline/normalise/record/result'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import type { ImportFileRef } from '@/lib/store/imports'
import type { IncomingCreation } from '@/lib/store/ingest/creation-row'
import type { BatchReceipt } from '@/lib/store/ingest/receipt'
import type { IncomingRest } from '@/lib/store/ingest/write-batch'
import { RestGatherer } from './gather-rest'
import type { Recogniser } from './recogniser'

/** What a transaction takes. */
export const MAX_RECORDS = 5_000
/** Text held of process creations and of executions' original records. */
export const MAX_CHARACTERS = 8 * 1024 * 1024
/** A clock that is wrong by more than this would put a host's baseline in the future. */
const MAX_FUTURE_US = 24 * 3600 * 1_000_000
/** Windows has written such logs since Vista. Every month with events is a partition: clocks at 1970 must not make hundreds. */
const EARLIEST_US = Date.UTC(2006, 0) * 1000

/** A batch as it is written. `characters`: the text that it holds. */
export type TakenBatch = {
  creations: IncomingCreation[]
  rest: IncomingRest
  receipt: BatchReceipt
  characters: number
}

/** Items of one file gathered until they are worth a transaction. */
export class Batch {
  recordsRead = 0
  /** The first thing that went wrong with the file as a whole. */
  problem: string | null = null
  private creations: IncomingCreation[] = []
  private rejections: Rejection[] = []
  private eventsByKind: Record<string, number> = {}
  private records = 0
  private characters = 0
  private checkpoint: number
  private readonly context: RecordContext
  private firstAtUs: number | null = null
  private lastAtUs: number | null = null
  private readonly rest: RestGatherer
  private readonly latestUs = now().getTime() * 1000 + MAX_FUTURE_US

  constructor(
    private readonly file: ImportFileRef,
    private readonly recogniser: Recogniser,
    defaultHost: string | null,
    /** Microseconds; facts of earlier times are let go of, and are not taken in again. */
    private readonly keptFromUs: number,
  ) {
    this.context = { defaultHost }
    this.checkpoint = file.checkpoint
    this.rest = new RestGatherer(recogniser)
  }

  /** `context`: what this record's own envelope says in place of the file's. */
  add(item: ParsedItem, context?: RecordContext): void {
    if (item.kind === 'record' || !item.rejection.isDamage) this.records++
    this.recordsRead++
    if (item.kind === 'rejection') {
      this.checkpoint = Math.max(this.checkpoint, item.rejection.position)
      this.rejections.push(item.rejection)
    } else {
      this.checkpoint = Math.max(this.checkpoint, item.record.position)
      this.addRecord(item.record, context ?? this.context)
    }
  }

  /** Notes that the rest of the file could not be read. */
  reject(reason: string): void {
    this.problem ??= reason
    this.checkpoint++
    this.rejections.push({ position: this.checkpoint, recordId: null, reason, isDamage: true })
  }

  isFull(): boolean {
    return Math.max(this.records, this.rejections.length) >= MAX_RECORDS || this.characters >= MAX_CHARACTERS
  }

  /** The gathered items; the batch is empty afterwards. */
  take(): TakenBatch {
    const { creations, rejections, eventsByKind, records, characters, checkpoint, firstAtUs, lastAtUs } = this
    this.creations = []
    this.rejections = []
    this.eventsByKind = {}
    this.records = 0
    this.characters = 0
    this.firstAtUs = null
    this.lastAtUs = null
    return {
      creations,
      characters,
      rest: this.rest.take(),
      receipt: {
        importFileId: this.file.id,
        checkpoint,
        records,
        eventsByKind,
        rejections,
        firstAtUs,
        lastAtUs,
      },
    }
  }

  private addRecord(record: RawRecord, context: RecordContext): void {
    const result = toEvent(record, context)
    if (result.kind === 'rejection') this.rejections.push(result.rejection)
    else if (result.event.time.us > this.latestUs)
      this.rejections.push(timeRejection(result.event, 'more than a day in the future'))
    else if (result.event.time.us < EARLIEST_US)
      this.rejections.push(timeRejection(result.event, 'before there were such logs'))
    else if (result.event.time.us < this.keptFromUs)
      this.rejections.push(timeRejection(result.event, 'older than what is kept (Settings, System)'))
    else this.addEvent(result.event, record, context)
  }

  private addEvent(event: CordonEvent, record: RawRecord, { defaultHost }: RecordContext): void {
    this.eventsByKind[event.kind] = (this.eventsByKind[event.kind] ?? 0) + 1
    this.firstAtUs = Math.min(this.firstAtUs ?? event.time.us, event.time.us)
    this.lastAtUs = Math.max(this.lastAtUs ?? event.time.us, event.time.us)
    const hostName = event.host ?? defaultHost
    if (hostName === null) return
    if (this.rest.add(event, hostName)) this.characters += lengthOf(event)
    if (event.kind !== 'process-creation') return
    const { entryId, hostedEntryId } = this.recogniser(event)
    const original = entryId === null ? null : (record.text ?? JSON.stringify(record.fields))
    this.characters += lengthOf(event) + (original?.length ?? 0)
    this.creations.push({ event, hostName, entryId, hostedEntryId, original })
  }
}

/** Characters that an event holds. */
function lengthOf(event: CordonEvent): number {
  let length = 0
  for (const value of Object.values(event)) if (typeof value === 'string') length += value.length
  return length
}

function timeRejection(event: CordonEvent, problem: string): Rejection {
  const at = new Date(event.time.us / 1000).toISOString()
  return {
    position: event.position,
    recordId: event.recordId,
    reason: `dated ${at}, ${problem}: check the clock of ${event.host ?? 'its host'}`,
  }
}
