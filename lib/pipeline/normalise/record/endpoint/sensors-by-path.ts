import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { integer, object, trimmed } from '../field'

type Paths = readonly string[]

/** A sensor all of whose fields are texts at places of their own: keys with dots between them, the first that says something counts. */
export type ListedSensor = {
  /** Whether a record is the sensor's, and tells of a process that started. */
  kindOf: (fields: JsonObject) => 'start' | 'other' | null
  /** Whether the signature holds: of one that does not the signer is nobody. */
  isSigned?: (fields: JsonObject) => boolean
  places: { host: Paths; time: Paths; image: Paths } & Partial<Record<Optional, Paths>>
}

type Optional =
  | (
      | 'recordId'
      | 'pid'
      | 'parentPid'
      | 'processGuid'
      | 'parentProcessGuid'
      | 'commandLine'
      | 'currentDirectory'
    )
  | ('originalFileName' | 'parentImage' | 'parentCommandLine' | 'grandparentImage' | 'user' | 'userSid')
  | ('integrityLevel' | 'logonId' | 'md5' | 'sha1' | 'sha256' | 'imphash' | 'signer')

/** HarfangLab's telemetry: a kind of event is its `log_type`; who has spoofed its parent has another in fields of its own (`fake_parent_…`). */
const HARFANG_LAB: ListedSensor = {
  kindOf(fields) {
    const type = trimmed(fields['log_type'])
    if (type === null || object(fields['agent'])?.['agentid'] === undefined) return null
    return type === 'process' ? 'start' : 'other'
  },
  isSigned: (fields) => fields['signed'] === true,
  places: {
    host: ['agent.hostname'],
    time: ['@event_create_date', '@timestamp'],
    image: ['image_name'],
    pid: ['pid'],
    parentPid: ['ppid'],
    processGuid: ['process_unique_id'],
    parentProcessGuid: ['parent_unique_id'],
    commandLine: ['commandline'],
    currentDirectory: ['current_directory'],
    originalFileName: ['pe_info.original_filename'],
    parentImage: ['parent_image'],
    parentCommandLine: ['parent_commandline'],
    grandparentImage: ['grandparent_image'],
    user: ['username'],
    userSid: ['usersid'],
    integrityLevel: ['integrity_level'],
    logonId: ['logonid'],
    md5: ['hashes.md5'],
    sha1: ['hashes.sha1'],
    sha256: ['hashes.sha256'],
    imphash: ['pe_imphash'],
    signer: ['signature_info.signer_info.display_name'],
  },
}

/** LimaCharlie's events: what happened in `event`, where and when in `routing`; ids of processes are its atoms. */
const LIMA_CHARLIE: ListedSensor = {
  kindOf(fields) {
    const type = trimmed(object(fields['routing'])?.['event_type'])
    if (type === null || object(fields['event']) === null) return null
    return type === 'NEW_PROCESS' ? 'start' : 'other'
  },
  places: {
    host: ['routing.hostname'],
    time: ['event.CREATION_TIME', 'routing.event_time'],
    image: ['event.FILE_PATH'],
    recordId: ['routing.event_id'],
    pid: ['event.PROCESS_ID'],
    parentPid: ['event.PARENT_PROCESS_ID'],
    processGuid: ['routing.this'],
    parentProcessGuid: ['routing.parent'],
    commandLine: ['event.COMMAND_LINE'],
    parentImage: ['event.PARENT.FILE_PATH'],
    parentCommandLine: ['event.PARENT.COMMAND_LINE'],
    user: ['event.USER_NAME'],
    sha256: ['event.HASH'],
  },
}

/** Trend Vision One's activity of endpoints: the object is the process that the process made. Kinds are numbers of its (TELEMETRY_PROCESS_CREATE). */
const TREND_VISION_ONE: ListedSensor = {
  kindOf(fields) {
    if (fields['endpointHostName'] === undefined || fields['eventSubId'] === undefined) return null
    const kind = fields['eventSubId']
    return integer(kind) === 2 || trimmed(kind) === 'TELEMETRY_PROCESS_CREATE' ? 'start' : 'other'
  },
  isSigned: ({ objectSignerValid: valid }) => Array.isArray(valid) && valid[0] === true,
  places: {
    host: ['endpointHostName'],
    time: ['eventTime', 'eventTimeDT', 'objectLaunchTime'],
    image: ['objectFilePath', 'objectName'],
    pid: ['objectPid'],
    parentPid: ['processPid'],
    commandLine: ['objectCmd'],
    parentImage: ['processFilePath', 'processName'],
    parentCommandLine: ['processCmd'],
    grandparentImage: ['parentFilePath'],
    user: ['objectUser'],
    md5: ['objectFileHashMd5'],
    sha1: ['objectFileHashSha1'],
    sha256: ['objectFileHashSha256'],
    signer: ['objectSigner'],
  },
}

/** SentinelOne's first Cloud Funnel, whose objects lie in each other; its consumers put all but the time below `event`. */
const CLOUD_FUNNEL: ListedSensor = {
  kindOf(fields) {
    if (object(fields['meta'])?.['computerName'] === undefined) return null
    const type = trimmed(fields['event_type'] ?? object(fields['event'])?.['type'])
    return type === null ? null : type === 'processCreation' ? 'start' : 'other'
  },
  isSigned(fields) {
    const process = object(fields['process']) ?? object(object(fields['event'])?.['process'])
    const signature = object(object(process?.['executable'])?.['signature'])
    return object(object(signature?.['signed'])?.['valid']) !== null
  },
  places: {
    host: ['meta.computerName'],
    time: [
      'timestamp.millisecondsSinceEpoch',
      '@timestamp',
      ...inFunnel('process.fullPid.startTime.millisecondsSinceEpoch'),
    ],
    image: inFunnel('process.executable.path'),
    pid: inFunnel('process.fullPid.pid'),
    parentPid: inFunnel('parent.fullPid.pid'),
    processGuid: inFunnel('process.node.key.value'),
    parentProcessGuid: inFunnel('parent.node.key.value'),
    commandLine: inFunnel('process.commandLine'),
    parentImage: inFunnel('parent.executable.path'),
    parentCommandLine: inFunnel('parent.commandLine'),
    user: inFunnel('process.user.name'),
    userSid: inFunnel('process.user.sid'),
    integrityLevel: inFunnel('process.integrityLevel'),
    md5: inFunnel('process.executable.hashes.md5'),
    sha1: inFunnel('process.executable.hashes.sha1'),
    sha256: inFunnel('process.executable.hashes.sha256'),
    signer: inFunnel('process.executable.signature.signed.identity'),
  },
}

function inFunnel(path: string): Paths {
  return [path, `event.${path}`]
}

export const SENSORS_BY_PATH: readonly ListedSensor[] = [
  HARFANG_LAB,
  LIMA_CHARLIE,
  TREND_VISION_ONE,
  CLOUD_FUNNEL,
]
