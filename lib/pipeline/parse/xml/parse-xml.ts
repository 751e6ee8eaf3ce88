import { type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { decodeText } from '../decode-text'
import { eventFields } from './event-fields'
import { EventSplitter, type XmlPiece } from './event-splitter'
import { readElement } from './read-element'

const NO_EVENTS = 'XML without Windows events in it'

/**
 * The Windows events of an XML text, in file order: Event Viewer's `<Events>`, one event a line as Splunk's XmlWinEventLog and `wevtutil` print them, a
 * file of one event; on any number of lines, in UTF-8 or UTF-16. `fields` are shaped as `parseEvtx` documents.
 * Holds one event of at most 1 MiB in memory. Bad data never throws: an event that is not well-formed, too large, nested too deep or cut off is one
 * rejection, and its neighbours are read. Characters that XML forbids are kept; entities other than XML's five are refused.
 * `position` counts the events from 1, rejected ones included.
 */
export async function* parseXml(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  const splitter = new EventSplitter()
  let position = 0
  // yield* on an array would make several promises for each item
  for await (const block of decodeText(bytes))
    for (const piece of splitter.add(block)) yield toItem(piece, ++position)
  for (const piece of splitter.end()) yield toItem(piece, ++position)
  if (position === 0) yield unread(NO_EVENTS, 1)
}

/** The fields of one event's XML that stands alone; null where it cannot be read. */
export function readEventXml(xml: string): JsonObject | null {
  const read = readElement(xml)
  return read.kind === 'broken' ? null : eventFields(read.element)
}

/** The fields of the one event in a text, whatever stands around it; null where there is none, or more than one. */
export function readOnlyEventXml(text: string): JsonObject | null {
  const splitter = new EventSplitter()
  const [only, ...more] = [...splitter.add(text), ...splitter.end()]
  return only?.kind === 'event' && more.length === 0 ? readEventXml(only.xml) : null
}

function toItem(piece: XmlPiece, position: number): ParsedItem {
  if (piece.kind === 'damage') return unread(piece.reason, position)
  const read = readElement(piece.xml)
  if (read.kind === 'broken') return unread(read.reason, position)
  const fields = eventFields(read.element)
  if (fields === null) return unread('the event has no System element', position)
  return { kind: 'record', record: { position, recordId: fields.System['EventRecordID'] ?? null, fields } }
}
