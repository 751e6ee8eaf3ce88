import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { liftCef } from './dialect/cef'
import { liftChainsaw } from './dialect/chainsaw'
import { liftEventElement } from './dialect/event-element'
import { liftEventViewer } from './dialect/event-viewer'
import { liftEvtxECmd } from './dialect/evtx-ecmd'
import { liftFlat } from './dialect/flat'
import { liftFluent } from './dialect/fluent'
import { liftForwarded } from './dialect/forwarded'
import { liftGrafana } from './dialect/grafana'
import { liftHayabusa } from './dialect/hayabusa'
import { liftLogParser } from './dialect/log-parser'
import { liftOpenTelemetry } from './dialect/open-telemetry'
import { liftOsqueryEvent } from './dialect/osquery-events'
import { liftPlaso } from './dialect/plaso'
import { liftPowerShell } from './dialect/powershell'
import { liftSnare } from './dialect/snare'
import { liftSplunk } from './dialect/splunk'
import { liftVector } from './dialect/vector'
import { liftWazuh } from './dialect/wazuh'
import { liftWevtutilText } from './dialect/wevtutil-text'
import { liftWinlogbeat6, liftWinlogbeat7 } from './dialect/winlogbeat'
import { object } from './field'
import type { WindowsRecord } from './windows-record'
import { recordOfText } from './wrapped'

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
  if (fields['Event ID'] !== undefined) return liftShown(fields)
  if (fields['ID'] !== undefined && object(fields['EventData']) !== null) return liftForwarded(fields)
  if (isPowerShell(fields)) return liftPowerShell(fields)
  return liftNearlyFlat(fields) ?? liftFlat(fields) ?? liftCollected(fields)
}

/** What programs show to people. */
function liftShown(fields: JsonObject): WindowsRecord | null {
  if (fields['Log Name'] !== undefined) return liftWevtutilText(fields)
  return fields['Event Data'] === undefined ? liftEventViewer(fields) : liftChainsaw(fields)
}

/** What would pass for a flat record but for a key or two of its own. */
function liftNearlyFlat(fields: JsonObject): WindowsRecord | null {
  if (isFluent(fields)) return liftFluent(fields)
  if (fields['ExpandedString'] !== undefined) return liftSnare(fields)
  if (fields['Strings'] !== undefined) return liftLogParser(fields)
  if (fields['RuleTitle'] !== undefined && fields['Details'] !== undefined) return liftHayabusa(fields)
  return fields['Payload'] === undefined ? null : liftEvtxECmd(fields)
}

/** What other programs that collect event logs make of an event, each by keys of its own. */
function liftCollected(fields: JsonObject): WindowsRecord | null {
  if (object(fields['data']) !== null) return liftWazuh(fields)
  // a text that others may have too
  const undecoded = fields['full_log'] === undefined ? null : liftWazuh(fields)
  if (undecoded !== null) return undecoded
  if (object(fields['columns']) !== null) return liftOsqueryEvent(fields)
  if (object(fields['event_id']) !== null) return liftOpenTelemetry(fields)
  if (fields['timeCreated'] !== undefined) return liftGrafana(fields)
  if (fields['cefVersion'] !== undefined) return liftCef(fields)
  if (fields['source_long'] !== undefined || fields['MACB'] !== undefined) return liftPlaso(fields)
  return fields['provider_name'] === undefined ? null : liftVector(fields)
}

/** Of an event of `Get-WinEvent` people may have selected no more than its text. */
function isPowerShell(fields: JsonObject): boolean {
  if (fields['ReplacementStrings'] !== undefined) return true
  if (fields['Id'] === undefined) return false
  const isSelected = fields['TimeCreated'] !== undefined && fields['Message'] !== undefined
  return isSelected || fields['ProviderName'] !== undefined
}

/** Some events have a field ProviderName of their own, which other programs put beside their `Hostname`. */
function isFluent(fields: JsonObject): boolean {
  const isNamed = fields['ProviderName'] !== undefined && fields['Computer'] !== undefined
  return isNamed || fields['StringInserts'] !== undefined
}

/** The record itself, taken out of what the exports of Elasticsearch, Azure and Splunk put around it. */
export function unwrap(fields: JsonObject): JsonObject {
  const inner =
    object(fields['_source']) ??
    (fields['category'] === undefined ? null : object(fields['properties'])) ??
    (fields['preview'] === undefined ? null : object(fields['result'])) ??
    fields
  const raw = inner['_raw'] ?? inner['xml_string']
  // the event as Splunk received it or Plaso found it
  return (typeof raw === 'string' ? recordOfText(raw) : null) ?? openTelemetryBody(inner) ?? inner
}

/** Where the exporters of the OpenTelemetry Collector put the record of a receiver. */
function openTelemetryBody(fields: JsonObject): JsonObject | null {
  const body = object(fields['body'] ?? fields['Body'])
  return object(body?.['structured']) ?? body
}
