/** A JSON object as a log file carries it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export type JsonObject = { [key: string]: JsonValue }

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * One record as its format rendered it, before any meaning is read into it.
 * `fields` of a Windows event read from EVTX or XML is `{ System: {...}, EventData: {...} | null, UserData: {...} | null }`;
 * of JSON it is the object as written; of CSV a flat object of strings keyed by column.
 */
export type RawRecord = {
  /** 1-based position in its file: record number, line or row. */
  position: number
  /** The record's own id where its format has one (EventRecordID), as text. */
  recordId: string | null
  fields: JsonObject
  /** As it stands in its file, where that is JSON on one line. */
  text?: string | undefined
}

/** A record that could not be read: counted and shown, never thrown. */
export type Rejection = {
  position: number
  recordId: string | null
  /** A sentence for the person who imported the file. */
  reason: string
  /** It tells of a place in the file that is damaged: no record, and not counted as one. */
  isDamage?: true
}

export type ParsedItem = { kind: 'record'; record: RawRecord } | { kind: 'rejection'; rejection: Rejection }

/** A record of these fields, without an id of its own; where several are read one by one, their positions are given later. */
export function asRecord(fields: JsonObject, position = 0): ParsedItem {
  return { kind: 'record', record: { position, recordId: null, fields } }
}

/** What is not read, and why: a whole record, or something in it. */
export function unread(reason: string, position = 0): ParsedItem {
  return { kind: 'rejection', rejection: { position, recordId: null, reason } }
}

/** The item at another position: what is read apart, or several items of one, has places of its own. */
export function atPosition(item: ParsedItem, position: number): ParsedItem {
  return item.kind === 'record'
    ? { kind: 'record', record: { ...item.record, position } }
    : { kind: 'rejection', rejection: { ...item.rejection, position } }
}

export function positionOf(item: ParsedItem): number {
  return item.kind === 'record' ? item.record.position : item.rejection.position
}
