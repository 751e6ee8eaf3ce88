import type { Cell, Profile, Replay } from '@/lib/pipeline/decision/fold-replay'
import { sql } from '@/lib/store/sql'
import { inputTables, joinInputAnywhere, type ReplayInput } from './replay-input'
import { replayRows } from './replay-rows'

type Row = { cells: Cell[] | null; hosts: Profile[] | null; people: Profile[] | null }

/** Everything stored of a binary's use, as cells that the plans of the input are folded over. */
export async function loadReplay(input: ReplayInput): Promise<Replay> {
  const { joins, bits } = joinInputAnywhere(input)
  const [row] = await replayRows<Row>(
    sql`WITH ${inputTables(input)},
        used AS MATERIALIZED (
          SELECT u.host_id, u.principal_id, k.stopped, k.unknown, ${bits} AS bits,
            sum(u.executions) AS executions, sum(u.working_hours) AS working_hours
          FROM use_span u ${joins} WHERE u.entry_id = ${input.entryId} GROUP BY 1, 2, 3, 4, 5),
        cell AS MATERIALIZED (
          SELECT row_number() OVER (ORDER BY stopped, unknown, bits) - 1 AS place, stopped, unknown, bits,
            sum(executions) AS executions, sum(working_hours) AS working_hours
          FROM used GROUP BY stopped, unknown, bits),
        placed AS MATERIALIZED (SELECT DISTINCT u.host_id, u.principal_id, c.place FROM used u JOIN cell c USING (stopped, unknown, bits))
        SELECT
          (SELECT json_agg(json_build_object('stopped', stopped, 'unknown', unknown, 'bits', bits, 'executions', executions,
             'workingHours', working_hours) ORDER BY place) FROM cell) AS cells,
          (SELECT json_agg(json_build_object('cells', cells, 'count', count)) FROM (
             SELECT cells, count(*) AS count FROM (
               SELECT array_agg(DISTINCT place) AS cells FROM placed GROUP BY host_id) one GROUP BY cells) hosts) AS hosts,
          (SELECT json_agg(json_build_object('cells', cells, 'count', count)) FROM (
             SELECT cells, count(*) AS count FROM (
               SELECT array_agg(DISTINCT place) AS cells FROM placed WHERE principal_id <> 0 GROUP BY principal_id) one GROUP BY cells) people) AS people`,
  )
  return { cells: row?.cells ?? [], hosts: row?.hosts ?? [], people: row?.people ?? [] }
}
