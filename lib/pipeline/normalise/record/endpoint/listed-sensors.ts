import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import {
  firstText,
  guid,
  hexId,
  integrityLevel,
  object,
  pid,
  processId,
  separateHashes,
  sid,
  text,
  trimmed,
} from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation, endpointOther } from './endpoint-creation'
import { type ListedSensor, SENSORS_BY_PATH } from './sensors-by-path'

type Place = keyof ListedSensor['places']

/** Records of the sensors that differ only in where their fields are (`SENSORS_BY_PATH`). */
export function fromListedSensors(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  for (const sensor of SENSORS_BY_PATH) {
    const kind = sensor.kindOf(fields)
    if (kind !== null) return read(sensor, kind, fields, position, context)
  }
  return null
}

function read(
  { places, isSigned }: ListedSensor,
  kind: 'start' | 'other',
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult {
  const at = (place: Place) => (places[place] ?? []).map((path) => valueAt(fields, path))
  const first = (place: Place) => firstText(...at(place))
  const host = first('host')?.trim() || context.defaultHost
  const origin = { position, recordId: first('recordId'), host }
  const created = createdAt(...at('time'))
  if (created === null)
    return untimed(printedTimes(fields, places.time), origin, places.time, places.time[0] ?? '')
  if (kind === 'other') return endpointOther('edr', origin, created)
  const known = {
    pid: pid(first('pid')),
    parentPid: pid(first('parentPid')),
    processGuid: idOf(first('processGuid')),
    parentProcessGuid: idOf(first('parentProcessGuid')),
    commandLine: first('commandLine'),
    currentDirectory: first('currentDirectory'),
    originalFileName: first('originalFileName'),
    parentImage: first('parentImage'),
    parentCommandLine: first('parentCommandLine'),
    grandparentImage: first('grandparentImage'),
    user: trimmed(first('user')),
    userSid: sid(first('userSid')),
    integrityLevel: integrityLevel(first('integrityLevel')),
    logonId: hexId(first('logonId')),
    hashes: separateHashes({
      md5: first('md5'),
      sha1: first('sha1'),
      sha256: first('sha256'),
      imphash: first('imphash'),
    }),
    signer: isSigned?.(fields) ? trimmed(first('signer')) : null,
  }
  return endpointCreation('edr', origin, created, first('image'), known, places.image[0] ?? '')
}

function printedTimes(fields: JsonObject, paths: readonly string[]): JsonObject {
  return Object.fromEntries(paths.map((path) => [path, valueAt(fields, path) ?? null]))
}

/** What stands at a path of keys between dots. */
function valueAt(fields: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = fields
  for (const key of path.split('.')) value = object(value)?.[key]
  return Array.isArray(value) ? (text(value[0]) ?? undefined) : value
}

function idOf(printed: string | null): string | null {
  return guid(printed) ?? processId(printed)
}
