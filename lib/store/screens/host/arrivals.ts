import type { Scope } from '@/lib/pipeline/actor'
import {
  CONTROLS,
  type Control,
  SENSORS,
  type Sensor,
  TELEMETRY_KINDS,
  type TelemetryKind,
} from '@/lib/pipeline/event/event'
import { CONTROL_SENSOR } from '@/lib/store/ingest/telemetry'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'

/** Kinds that are told by their arrival alone; process creations are counted in coverage. */
export const ARRIVING_KINDS = TELEMETRY_KINDS.filter((kind) => kind !== 'process-creation')

/** A day on which a kind of event arrived. */
export type ArrivalDay = {
  day: string
  /** Bit h = in UTC hour h. */
  hours: number
  /** The newest event, µs. */
  lastAt: number
}

export type Arrivals = {
  /** Kinds that arrived in the window; days without are missing, the oldest first. */
  kinds: { kind: TelemetryKind; sources: (Sensor | Control)[]; days: ArrivalDay[] }[]
  /** Seconds by which its logs' creation times differ from the records' own UTC; null where none is off by a minute or more. */
  shift: { least: number; greatest: number } | null
}

type Row = {
  kind: number
  day: string
  hours: number
  last_at: number
  sensors: number[]
  subjects: string[]
  least: number | null
  greatest: number | null
}

/** Which kinds of events arrived from a host, by day, whatever they were about. */
export async function loadArrivalsOf(scope: Scope, hostId: number, window: DataWindow): Promise<Arrivals> {
  const found = await rows<Row>(
    pool(),
    sql`SELECT kind, day, bit_or(hours) AS hours, max(last_at) AS last_at, array_agg(DISTINCT sensor) AS sensors,
          coalesce(array_agg(DISTINCT subject) FILTER (WHERE sensor = ${CONTROL_SENSOR}), '{}') AS subjects,
          min(least_shift) AS least, max(greatest_shift) AS greatest
        FROM telemetry WHERE host_id = ${hostId} ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}
        GROUP BY kind, day ORDER BY kind, day`,
  )
  return {
    kinds: ARRIVING_KINDS.flatMap((kind) => {
      const ofKind = found.filter((row) => TELEMETRY_KINDS[row.kind] === kind)
      if (ofKind.length === 0) return []
      const days = ofKind.map(({ day, hours, last_at }) => ({ day, hours, lastAt: last_at }))
      return { kind, sources: sourcesOf(ofKind), days }
    }),
    shift: shiftOf(found),
  }
}

function sourcesOf(found: readonly Row[]): (Sensor | Control)[] {
  const sensors = new Set(found.flatMap((row) => row.sensors))
  const subjects = new Set(found.flatMap((row) => row.subjects))
  return [
    ...SENSORS.filter((_, index) => sensors.has(index)),
    ...CONTROLS.filter((control) => subjects.has(control)),
  ]
}

function shiftOf(found: readonly Row[]): Arrivals['shift'] {
  const least = found.flatMap((row) => row.least ?? [])
  const greatest = found.flatMap((row) => row.greatest ?? [])
  // a window has some thousands of rows at most: a day and kind each
  return least.length === 0 ? null : { least: Math.min(...least), greatest: Math.max(...greatest) }
}
