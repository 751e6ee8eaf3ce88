import type pg from 'pg'
import { SENSORS, type Sensor, TELEMETRY_KINDS, type TelemetryKind } from '@/lib/pipeline/event/event'
import type { HostRef } from '@/lib/store/hosts'
import { toTimestamp } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import type { HostDay } from './dirty-days'

/** That a kind of event arrived from a host on a day. */
export type IncomingTelemetry = {
  hostName: string
  /** YYYY-MM-DD */
  day: string
  /** null = a control's own log. */
  sensor: Sensor | null
  kind: TelemetryKind
  /** Of modules the proxy binary's file name, of controls the control; '' = any. */
  subject: string
  /** Bit h = in UTC hour h. */
  hours: number
  firstAtUs: number
  lastAtUs: number
  /** Seconds that the log's creation times are off, where by a minute or more. */
  leastShift: number | null
  greatestShift: number | null
}

/** In place of a sensor: a control's own log. */
export const CONTROL_SENSOR = -1

/** Of an INSERT into telemetry AS t: what is known already is widened. */
export const ADD_TO_KNOWN = sql`ON CONFLICT (host_id, day, alias_id, sensor, kind, subject, import_file_id) DO UPDATE SET hours = t.hours | excluded.hours,
  first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at),
  least_shift = least(t.least_shift, excluded.least_shift), greatest_shift = greatest(t.greatest_shift, excluded.greatest_shift)`

/** In place of the file: shippers', whose days are not taken back and would have a row more for what arrives after midnight. */
export const NO_FILE = 0

/**
 * Notes what arrived by a file, or NO_FILE: sets and extremes only, so that neither order nor repetition matters.
 * Answers the days on which a kind arrived that had not before: what was not reported there is now unseen.
 */
export async function storeTelemetry(
  client: pg.PoolClient,
  placed: readonly { incoming: IncomingTelemetry; host: HostRef }[],
  importFileId: number,
): Promise<HostDay[]> {
  const marks = placed.map(({ incoming }) => incoming)
  const found = await rows<{ host_id: number; day: string; is_new: boolean }>(
    client,
    sql`INSERT INTO telemetry AS t (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at, least_shift, greatest_shift, import_file_id)
        SELECT alias_id, host_id, day, sensor, kind, subject, bit_or(hours), min(first_at), max(last_at), min(least_shift), max(greatest_shift), ${importFileId}::int
        FROM unnest(
          ${placed.map(({ host }) => host.aliasId)}::int[], ${placed.map(({ host }) => host.hostId)}::int[],
          ${marks.map(({ day }) => day)}::date[],
          ${marks.map(({ sensor }) => (sensor === null ? CONTROL_SENSOR : SENSORS.indexOf(sensor)))}::smallint[],
          ${marks.map(({ kind }) => TELEMETRY_KINDS.indexOf(kind))}::smallint[],
          ${marks.map(({ subject }) => subject)}::text[], ${marks.map(({ hours }) => hours)}::int[],
          ${marks.map(({ firstAtUs }) => toTimestamp(firstAtUs))}::timestamptz[],
          ${marks.map(({ lastAtUs }) => toTimestamp(lastAtUs))}::timestamptz[],
          ${marks.map(({ leastShift }) => leastShift)}::int[], ${marks.map(({ greatestShift }) => greatestShift)}::int[])
          AS m(alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at, least_shift, greatest_shift)
        GROUP BY host_id, alias_id, day, sensor, kind, subject ORDER BY host_id, day, alias_id, sensor, kind, subject
        ${ADD_TO_KNOWN} RETURNING host_id, day, NOT EXISTS (
          SELECT FROM telemetry k WHERE k.host_id = t.host_id AND k.day = t.day AND k.sensor = t.sensor AND k.kind = t.kind AND k.subject = t.subject) AS is_new`,
  )
  return found.filter(({ is_new }) => is_new).map(({ host_id, day }) => ({ hostId: host_id, day }))
}
