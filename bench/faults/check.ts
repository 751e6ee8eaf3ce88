import { pool } from '@/lib/store/pool'

/** What a round asked for, and whether it was told that it was done. */
export type Asked = { kind: 'deviation' | 'decision'; id: string; to: string; isTold: boolean }

const CHANGES = {
  deviation: { table: 'deviation', action: 'deviation-triaged', before: 'open' },
  decision: { table: 'decision', action: 'decision-approved', before: 'proposed' },
} as const

/** Records of a marker: how many are missing of those that were acknowledged, and how many are there twice. */
export async function checkRecords(marker: string, expected: number): Promise<string[]> {
  const { rows } = await pool().query<{ stored: number; distinct: number }>(
    `SELECT count(*)::int AS stored, count(DISTINCT command_line)::int AS distinct FROM execution_with_texts
     WHERE strpos(command_line, $1) > 0`,
    [`\\${marker}-`],
  )
  const { stored = 0, distinct = 0 } = rows[0] ?? {}
  return [
    ...(distinct === expected ? [] : [`${marker}: ${expected} events acknowledged, ${distinct} stored`]),
    ...(stored === distinct ? [] : [`${marker}: ${stored - distinct} events stored twice`]),
  ]
}

/** What is derived says as much as what is stored, once nothing waits to be computed: null while something does. */
export async function checkComputed(): Promise<string[] | null> {
  const { rows } = await pool().query<{ waiting: number; stored: number; used: number }>(
    `WITH sent AS (SELECT id FROM host WHERE name LIKE 'bench-%')
     SELECT (SELECT count(*)::int FROM host_work WHERE dirty_from IS NOT NULL) AS waiting,
            (SELECT count(*)::int FROM execution WHERE host_id IN (SELECT id FROM sent)) AS stored,
            (SELECT coalesce(sum(executions), 0)::int FROM usage WHERE host_id IN (SELECT id FROM sent)) AS used`,
  )
  const { waiting = 0, stored = 0, used = 0 } = rows[0] ?? {}
  if (waiting > 0) return null
  return stored === used
    ? []
    : [`${stored} executions are stored, and ${used} are counted in what is derived`]
}

/** A change is whole or not there: its state and its row in the audit log, and what was told to be done is. */
export async function checkChange({ kind, id, to, isTold }: Asked): Promise<string[]> {
  const { table, action, before } = CHANGES[kind]
  const { rows } = await pool().query<{ state: string; audited: number }>(
    `SELECT state, (SELECT count(*)::int FROM audit_entry WHERE subject_kind = $2 AND subject_id = $1 AND action = $3) AS audited
     FROM ${table} WHERE id::text = $1`,
    [id, kind, action],
  )
  const { state = 'gone', audited = 0 } = rows[0] ?? {}
  const what = `${kind} ${id}`
  if (audited > 1) return [`${what}: ${audited} rows in the audit log`]
  if (audited === 0 && state !== before) return [`${what}: is ${state}, and the audit log says nothing`]
  if (audited === 1 && state === before) return [`${what}: the audit log says that it is ${to}; it is not`]
  return isTold && audited === 0 ? [`${what}: was told to be ${to}, and is not`] : []
}
