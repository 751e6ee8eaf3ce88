import type { Acting, ModuleLoad } from '@/lib/pipeline/event/event'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { actingKey, secondOf } from './acting'
import { ipAddress, pid, port, separateHashes, trimmed } from './field'
import { connectionEvent, type Ends, endsOfSides, hostName } from './network-connection'
import { type EventResult, missing, type RecordOrigin } from './result'
import type { CreationTime } from './windows-record'

type Field = JsonValue | undefined

/** Actions of DeviceNetworkEvents that are connections of a process, and whether they were let through. */
const CONNECTIONS: Readonly<Record<string, { initiated: boolean; outcome: Ends['outcome'] }>> = {
  ConnectionSuccess: { initiated: true, outcome: 'allowed' },
  ConnectionAttempt: { initiated: true, outcome: 'allowed' },
  ConnectionRequest: { initiated: true, outcome: 'allowed' },
  ConnectionFailed: { initiated: true, outcome: 'allowed' },
  ConnectionFound: { initiated: true, outcome: 'allowed' },
  InboundConnectionAccepted: { initiated: false, outcome: 'allowed' },
}

export function isDefenderConnection(action: string): boolean {
  return Object.hasOwn(CONNECTIONS, action)
}

/** A row of DeviceNetworkEvents. */
export function defenderConnection(fields: JsonObject, origin: RecordOrigin, at: CreationTime): EventResult {
  const { initiated = null, outcome = 'allowed' } = CONNECTIONS[trimmed(fields['ActionType']) ?? ''] ?? {}
  const ends = endsOfSides({
    protocol: trimmed(fields['Protocol'])?.toLowerCase() ?? null,
    initiated,
    local: { ip: ipAddress(fields['LocalIP']), port: port(fields['LocalPort']) },
    remote: { ip: ipAddress(fields['RemoteIP']), port: port(fields['RemotePort']) },
    destinationHost: hostName(urlHost(fields['RemoteUrl'])),
    outcome,
  })
  return connectionEvent('defender', initiating(fields), ends, origin, at)
}

/** A row of DeviceImageLoadEvents. */
export function defenderModule(fields: JsonObject, origin: RecordOrigin, at: CreationTime): EventResult {
  const module = joinPath(fields['FolderPath'], fields['FileName'])
  if (module === null) return missing(origin, 'FolderPath', 'FileName')
  const acting = initiating(fields)
  const event: ModuleLoad = {
    kind: 'module-load',
    recordKey: `defender:7:${actingKey(acting)}:${module.toLowerCase()}:${secondOf(at.time.us)}`,
    sensor: 'defender',
    ...origin,
    time: at.time,
    timeSource: at.source,
    ...acting,
    module,
    originalFileName: null,
    hashes: separateHashes({ md5: fields['MD5'], sha1: fields['SHA1'], sha256: fields['SHA256'] }),
    signed: null,
    signer: null,
    signatureStatus: null,
  }
  return { kind: 'event', event }
}

function initiating(fields: JsonObject): Acting {
  return {
    pid: pid(fields['InitiatingProcessId']),
    processGuid: null,
    image: joinPath(fields['InitiatingProcessFolderPath'], fields['InitiatingProcessFileName']),
  }
}

/** RemoteUrl may be a URL or a bare name. */
function urlHost(value: Field): string | null {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/i.exec(trimmed(value) ?? '')?.[1] ?? null
}

/** FolderPath may or may not end in the file's name: decided per value. */
export function joinPath(folder: Field, file: Field): string | null {
  const [folderPath, fileName] = [trimmed(folder), trimmed(file)]
  if (folderPath === null || fileName === null) return folderPath ?? fileName
  const separator = folderPath.includes('\\') || !folderPath.includes('/') ? '\\' : '/'
  const stem = folderPath.endsWith(separator) ? folderPath : `${folderPath}${separator}`
  const isWhole = folderPath.toLowerCase().endsWith(`${separator}${fileName.toLowerCase()}`)
  return isWhole || folderPath.toLowerCase() === fileName.toLowerCase() ? folderPath : `${stem}${fileName}`
}
