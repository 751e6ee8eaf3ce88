import type { Acting, DnsQuery, Sensor } from '@/lib/pipeline/event/event'
import type { JsonValue } from '@/lib/pipeline/event/raw-record'
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
  const answers = queryAnswers(text(data['QueryResults']))
  return queryEvent('sysmon', sysmonActing(record), data['QueryName'], answers, origin, at)
}

/** A query as an event. Its identity is the process, the name and the second. */
export function queryEvent(
  sensor: Sensor,
  acting: Acting,
  name: JsonValue | undefined,
  results: readonly string[],
  origin: RecordOrigin,
  at: CreationTime,
): EventResult {
  const query = trimmed(name)?.toLowerCase().replace(/\.$/, '').slice(0, MAX_NAME)
  if (!query) return missing(origin, sensor === 'sysmon' ? 'QueryName' : 'DomainName')
  const event: DnsQuery = {
    kind: 'dns-query',
    recordKey: `${sensor}:22:${actingKey(acting)}:${query}:${secondOf(at.time.us)}`,
    sensor,
    ...origin,
    time: at.time,
    timeSource: at.source,
    ...acting,
    query,
    results,
  }
  return { kind: 'event', event }
}

/** `type:  5 example.com;::ffff:192.0.2.7;` → the names and addresses. */
export function queryAnswers(printed: string | null): string[] {
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
