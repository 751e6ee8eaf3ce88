import type { JsonValue } from '@/lib/pipeline/event/raw-record'
import type { DateOrder } from '@/lib/pipeline/parse/date-order'
import { object, text } from './field'
import { isIso, namesZone, parseTime } from './time'
import type { CreationTime } from './windows-record'

type Field = JsonValue | undefined

const QUARTER_US = 15 * 60 * 1_000_000
const DAY_QUARTERS = 26 * 4
/** Time between nxlog's receipt and the next program's, which must not be taken for part of a zone. */
const MAX_DELAY_US = 5 * 60 * 1_000_000

/** The log's creation time from the first of the fields that holds one. Without a zone it is kept as printed, and marked. */
export function createdAt(...fields: Field[]): CreationTime | null {
  for (const field of fields) {
    const at = typeof field === 'object' ? ofTable(field) : ofText(field)
    if (at !== null) return at
  }
  return null
}

function ofText(field: Field): CreationTime | null {
  const printed = text(field)
  const time = printed === null ? null : parseTime(printed)
  if (printed === null || time === null) return null
  return { time, source: namesZone(printed) ? 'time-created' : 'zone-unknown' }
}

/** A table's cell with what its column's name and the other rows tell of it, as `parseCsv` puts that beside the text. */
function ofTable(cell: Field): CreationTime | null {
  const { DateOrder: order, Zone: zone } = object(cell) ?? {}
  if (isRefuted(cell)) return null
  const known: DateOrder | undefined = order === 'day-month' || order === 'month-day' ? order : undefined
  const printed = text(cell)
  const time = printed === null ? null : parseTime(printed, known)
  if (printed === null || time === null) return null
  // AM and PM speak for the month before the day, but a few languages have it the other way round
  const isProven = known !== undefined || order === undefined || !isAmbiguous(printed)
  const isZoned = zone === 'UTC' || (zone === undefined && namesZone(printed))
  return { time, source: isZoned && isProven ? 'time-created' : 'zone-unknown' }
}

/** Whether a table's dates show that they are not in the order that was said of them. */
export function isRefuted(cell: Field): boolean {
  const order = object(cell)?.['DateOrder']
  return order === 'not-dmy' || order === 'not-mdy'
}

/** Whether a text is a time, of which only the other dates of its file could tell which number is the day. */
export function isAmbiguous(printed: string): boolean {
  return parseTime(printed, 'unknown') === null && parseTime(printed, 'day-month') !== null
}

/** The same from a field that its source always prints in UTC: but for what was printed anew since, in a form that people read. */
export function createdAtUtc(field: Field): CreationTime | null {
  const at = createdAt(field)
  const printed = object(field)?.['Zone'] === undefined ? text(field) : null
  const isOwn = printed !== null && isIso(printed)
  return at !== null && isOwn ? { time: at.time, source: 'time-created' } : at
}

/**
 * nxlog prints EventTime and EventReceivedTime in the host's local time without a zone. Where the next program stamped the
 * record in UTC, the two receipts prove the zone: their difference is a multiple of 15 minutes and a short delay.
 */
export function nxlogCreatedAt(eventTime: Field, receivedTime: Field, stamp: Field): CreationTime | null {
  const created = createdAt(eventTime) ?? createdAt(stamp)
  const [received, stamped] = [createdAt(receivedTime), createdAt(stamp)]
  if (created === null || received === null || stamped === null) return created
  const difference = stamped.time.us - received.time.us
  const quarters = Math.round(difference / QUARTER_US)
  const isZone =
    Math.abs(difference - quarters * QUARTER_US) <= MAX_DELAY_US && Math.abs(quarters) <= DAY_QUARTERS
  if (!isZone) return created
  const { us, tick } = created.time
  return {
    time: { us: us + quarters * QUARTER_US, tick },
    source: quarters === 0 ? 'time-created' : 'repaired',
  }
}
