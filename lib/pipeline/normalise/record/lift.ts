import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { isSplunkText, splunkTextFields } from '@/lib/pipeline/parse/splunk-text'
import { readEventXml } from '@/lib/pipeline/parse/xml/parse-xml'
import { liftEventElement } from './dialect/event-element'
import { liftEventViewer } from './dialect/event-viewer'
import { liftFlat } from './dialect/flat'
import { liftForwarded } from './dialect/forwarded'
import { liftPowerShell } from './dialect/powershell'
import { liftSplunk } from './dialect/splunk'
import { liftWinlogbeat6, liftWinlogbeat7 } from './dialect/winlogbeat'
import { object } from './field'
import type { WindowsRecord } from './windows-record'

/** What winlogbeat sends, told first and by few keys: to look in vain for a key in one of many objects of different shapes is what costs most. */
export function liftShipped(fields: JsonObject): WindowsRecord | null {
  if (fields['computer_name'] !== undefined) return liftWinlogbeat6(fields)
  return object(fields['winlog']) === null ? null : liftWinlogbeat7(fields)
}

/** The Windows event a record is, by the dialect its keys show; null where it is none that is known. */
export function liftWindowsRecord(fields: JsonObject): WindowsRecord | null {
  const shipped = liftShipped(fields)
  if (shipped !== null) return shipped
  if (object(fields['System']) !== null || object(fields['Event']) !== null) return liftEventElement(fields)
  if (object(fields['event']) !== null) return liftWinlogbeat7(fields)
  if (fields['EventCode'] !== undefined) return liftSplunk(fields)
  if (fields['Event ID'] !== undefined) return liftEventViewer(fields)
  if (fields['ID'] !== undefined && object(fields['EventData']) !== null) return liftForwarded(fields)
  if (isPowerShell(fields)) return liftPowerShell(fields)
  return liftFlat(fields)
}

function isPowerShell(fields: JsonObject): boolean {
  const isWinEvent = fields['Id'] !== undefined && fields['ProviderName'] !== undefined
  return isWinEvent || fields['ReplacementStrings'] !== undefined
}

/** The record itself, taken out of what the exports of Elasticsearch, Azure and Splunk put around it. */
export function unwrap(fields: JsonObject): JsonObject {
  const inner =
    object(fields['_source']) ??
    (fields['category'] === undefined ? null : object(fields['properties'])) ??
    (fields['preview'] === undefined ? null : object(fields['result'])) ??
    fields
  return rawEvent(inner['_raw']) ?? inner
}

/** The event as Splunk received it: XML, classic text or JSON. */
function rawEvent(raw: JsonValue | undefined): JsonObject | null {
  if (typeof raw !== 'string') return null
  const text = raw.trimStart()
  if (text.startsWith('<')) return readEventXml(text)
  if (isSplunkText(text)) return splunkTextFields(text)
  return text.startsWith('{') ? parseObject(text) : null
}

function parseObject(json: string): JsonObject | null {
  try {
    return object(JSON.parse(json) as JsonValue)
  } catch {
    return null
  }
}
