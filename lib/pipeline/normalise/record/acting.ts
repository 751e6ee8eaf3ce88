import type { Acting } from '@/lib/pipeline/event/event'
import { guid, pid, text } from './field'
import type { WindowsRecord } from './windows-record'

/** Sysmon's process of an event other than a creation. */
export function sysmonActing({ data }: WindowsRecord): Acting {
  const image = text(data['Image'])
  return {
    pid: pid(data['ProcessId']),
    processGuid: guid(data['ProcessGuid']),
    // Sysmon's word for a process that it no longer knew
    image: image?.toLowerCase() === '<unknown process>' ? null : image,
  }
}

/** The part of a record's identity that names its process: the guid, which no two hosts share, else what is known. */
export function actingKey({ processGuid, pid, image }: Acting): string {
  return processGuid ?? `${pid}:${image?.toLowerCase() ?? null}`
}

/** The printed second: exports of one record print its time to different digits. */
export function secondOf(us: number): number {
  return Math.floor(us / 1_000_000)
}
