import type { DnsQuery } from '@/lib/pipeline/event/event'
import { actingKey, secondOf, sysmonActing } from './acting'
import { text, trimmed } from './field'
import { type EventResult, missing, type RecordOrigin } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

/** More answers than a name has. */
const MAX_RESULTS = 32
const MAX_NAME = 255

/** Sysmon 22: a process asked for a name. */
export function dnsQuery(record: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  const { data } = record
  const query = trimmed(data['QueryName'])?.toLowerCase().replace(/\.$/, '').slice(0, MAX_NAME)
  if (!query) return missing(origin, 'QueryName')
  const acting = sysmonActing(record)
  const event: DnsQuery = {
    kind: 'dns-query',
    recordKey: `sysmon:22:${actingKey(acting)}:${query}:${secondOf(at.time.us)}`,
    sensor: 'sysmon',
    ...origin,
    time: at.time,
    timeSource: at.source,
    ...acting,
    query,
    results: results(text(data['QueryResults'])),
  }
  return { kind: 'event', event }
}

/** `type:  5 example.com;::ffff:192.0.2.7;` → the names and addresses. */
function results(printed: string | null): string[] {
  if (printed === null) return []
  return printed
    .split(';', MAX_RESULTS)
    .map((answer) =>
      answer
        .replace(/^type: *\d+ */, '')
        .replace(/^::ffff:(?=[\d.]+$)/i, '')
        .trim()
        .slice(0, MAX_NAME),
    )
    .filter((answer) => answer !== '' && answer !== '-')
}
