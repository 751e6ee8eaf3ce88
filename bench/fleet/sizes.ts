import type { Pool } from '@/lib/store/pool'
import { print } from '../measuring/print'

type Size = { name: string; bytes: number }

/** What a stored execution takes, with indexes: in all, and without original records. */
export async function printSizes(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; bytes: string }>(
    `SELECT coalesce(p.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid)) AS bytes
     FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
     WHERE c.relkind = 'r' AND c.relnamespace IN ('public'::regnamespace, 'part'::regnamespace) GROUP BY 1 ORDER BY 2 DESC`,
  )
  const counted = await pool.query<{ executions: string; processes: string; hosts: string; days: string }>(
    `SELECT (SELECT count(*) FROM execution) AS executions, (SELECT count(*) FROM process) AS processes,
       (SELECT count(*) FROM host) AS hosts, (SELECT count(DISTINCT day) FROM coverage) AS days`,
  )
  const { executions = 0, processes = 0, hosts = 0, days = 0 } = counted.rows[0] ?? {}
  const sizes: Size[] = rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) }))
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const of = (name: string) => sizes.find((size) => size.name === name)?.bytes ?? 0
  const each = (bytes: number) => (bytes / Number(executions)).toFixed(0)
  print(
    `${executions} executions and ${processes} other processes of ${hosts} hosts on ${days} days, ${toGib(all)} GiB`,
  )
  print(
    `bytes an execution: ${each(all)} in all; ${each(all - of('raw_block'))} without original records (limit 400); ${each(of('process'))} of them are processes`,
  )
  const largest = sizes.slice(0, 14)
  print(largest.map(({ name, bytes }) => `${name} ${each(bytes)}`).join(', '))
}

function toGib(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1)
}
