import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import type { Contact, LoadedModule } from '../activity/facts'
import { accountName } from '../identifiers'
import type { Process } from '../process'
import { Random } from '../random'
import { sysmonTime } from './timestamp'
import { winlogbeatDocument } from './winlogbeat'

const LOG_DELAY_MS = 2

function sysmonDocument(
  process: Process,
  { eventId, task, atMs, recordId }: { eventId: number; task: string; atMs: number; recordId: number },
  fields: JsonObject,
): JsonObject {
  const head = {
    eventId,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    provider: 'Microsoft-Windows-Sysmon',
    providerGuid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
    task,
    version: 5,
    recordId,
    atMs: atMs + LOG_DELAY_MS,
  }
  return winlogbeatDocument(process.host, head, {
    RuleName: '-',
    UtcTime: sysmonTime(atMs),
    ProcessGuid: process.guid,
    ProcessId: String(process.pid),
    Image: process.program.path,
    User: accountName(process),
    ...fields,
  })
}

/** Sysmon's event 7, image loaded. */
export function moduleRecord(
  process: Process,
  module: LoadedModule,
  atMs: number,
  recordId: number,
): JsonObject {
  const name = module.path.slice(module.path.lastIndexOf('\\') + 1)
  const random = new Random('module', module.path.toLowerCase())
  const hashes = `SHA1=${random.hex(40)},MD5=${random.hex(32)},SHA256=${random.hex(64)},IMPHASH=${random.hex(32)}`
  return sysmonDocument(
    process,
    { eventId: 7, task: 'Image loaded (rule: ImageLoad)', atMs, recordId },
    {
      ImageLoaded: module.path,
      OriginalFileName: module.signed ? name : '-',
      Hashes: hashes.toUpperCase(),
      Signed: String(module.signed),
      Signature: module.signer,
      SignatureStatus: module.signed ? 'Valid' : 'Unavailable',
    },
  )
}

/** Sysmon's event 3, network connection detected. */
export function connectionRecord(
  process: Process,
  contact: Contact,
  atMs: number,
  recordId: number,
): JsonObject {
  return sysmonDocument(
    process,
    { eventId: 3, task: 'Network connection detected (rule: NetworkConnect)', atMs, recordId },
    {
      Protocol: 'tcp',
      Initiated: 'true',
      SourceIsIpv6: 'false',
      SourceIp: `10.20.${process.host.index >> 8}.${process.host.index & 255}`,
      SourceHostname: process.host.name,
      SourcePort: String(49_152 + ((process.sequence * 7) % 16_000)),
      DestinationIsIpv6: 'false',
      DestinationIp: contact.ip,
      DestinationHostname: '-',
      DestinationPort: String(contact.port),
      DestinationPortName: '-',
    },
  )
}

/** Sysmon's event 22, DNS query. */
export function queryRecord(process: Process, contact: Contact, atMs: number, recordId: number): JsonObject {
  return sysmonDocument(
    process,
    { eventId: 22, task: 'Dns query (rule: DnsQuery)', atMs, recordId },
    { QueryName: contact.name ?? '', QueryStatus: '0', QueryResults: `::ffff:${contact.ip};` },
  )
}
