import { afterAll, beforeAll, expect, vi } from 'vitest'
import { finishWork, queueRebuild, recompute } from '@/lib/operations/recompute/recompute'
import { runJobs } from '@/lib/operations/run-jobs'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { systemActor } from '@/lib/pipeline/actor'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, moveUpload } from '@/lib/store/imports'
import { createPool, type Pool, pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { memorySource } from './byte-source'
import { importExample } from './example-import'
import { takeBack } from './take-back'

/** For tests of taking imports back. */

export const ADMIN = systemActor('test')

/** For the tests of a file: a database with the catalogue. Answers its owner's pool, to whoever asks once they run. */
export function withCatalogue(): () => Pool {
  const database = withTestDatabase()
  let owner: Pool
  beforeAll(async () => {
    vi.stubEnv('LOG_LEVEL', 'silent')
    await ensureCatalogue(pool())
    owner = createPool(database().url)
  })
  afterAll(() => owner.end())
  return () => owner
}

/** Empties the database of everything that imports bring. */
export async function empty(owner: Pool): Promise<void> {
  await owner.query(
    `TRUNCATE execution, process, raw_block, process_event, attempt, policy_state, telemetry, attempt_day, attempt_work, module_use, network_use, child_use, usage, use_stale,
       host_use, host_days, use_day, host_value, prevalence, deviation_hit, coverage, host_work, host_alias, host, deviation, upload, import_overlap, import_host, take_back_day, job CASCADE`,
  )
}

/** Imports records as a file of an upload of its own, which is over then. */
export async function read(name: string, ...records: string[]): Promise<string> {
  const uploadId = await createUpload(pool(), { ...EXAMPLE_UPLOAD, name, state: 'running' })
  await importExample(pool(), memorySource(name, Buffer.from(records.join('\n'))), { uploadId })
  await moveUpload(pool(), uploadId, ['running'], 'done')
  await settle()
  return uploadId
}

export const settle = () => finishWork(pool(), () => undefined)

/** Everything of an upload is taken back, and what follows from it is computed. */
export async function takeAll(uploadId: string, reason = 'another customer’s'): Promise<void> {
  await moveUpload(pool(), uploadId, ['queued', 'running'], 'done')
  await takeBack(ADMIN, { uploadId, reason })
  const isOver = (await runJobs(pool())) === 1
  await settle()
  await recompute(pool())
  // hosts of which nothing is left are forgotten once what is derived has followed
  if (!isOver) expect(await runJobs(pool())).toBe(1)
}

/** Facts and all that is derived of them, by the names of hosts. */
export async function everything(): Promise<unknown> {
  const tables = {
    execution: 't.id, t.occurred_at, t.anchor_id, t.anchor_at, t.alias',
    creation: 't.id, t.occurred_at, t.alias, t.is_execution',
    process_event: 't.id, t.occurred_at, t.alias',
    attempt: 't.id, t.occurred_at, t.alias',
    usage:
      't.day, t.signature_id, t.principal_id, t.hours, t.executions, t.anchors, t.score_millibits, t.trusted, t.refused',
    host_use: 't.entry_id, t.principal_id, t.executions, t.uses',
    host_value: 't.entry_id, t.feature, t.value_id, t.first_day',
    coverage: 't.day, t.sensor, t.creations, t.with_command_line, t.hours, t.first_at, t.last_at',
    deviation_hit: 't.day, t.deviation_id, t.signature_id, t.score_millibits, t.reasons::text',
    module_use: 't.day, t.entry_id, t.module_id, t.executions',
    network_use: 't.day, t.entry_id, t.destination_id, t.name, t.executions, t.events, t.blocked',
    child_use: 't.day, t.entry_id, t.image_id, t.executions',
    attempt_day: 't.day, t.control, t.outcome, t.entry_id, t.attempts',
  }
  const found: Record<string, unknown> = {}
  for (const [table, columns] of Object.entries(tables)) {
    const named = columns.includes('t.alias')
      ? `(SELECT t.*, a.alias FROM ${table} t JOIN host_alias a ON a.id = t.alias_id)`
      : table
    const { rows } = await pool().query(
      `SELECT h.name, ${columns} FROM ${named} t JOIN host h ON h.id = t.host_id ORDER BY 1, ${columns}`,
    )
    found[table] = rows
  }
  for (const [name, query] of Object.entries({
    host: 'SELECT name FROM host ORDER BY name',
    alias: 'SELECT alias FROM host_alias ORDER BY alias',
    originals:
      'SELECT a.alias, b.day, sum(records)::int AS records FROM raw_block b JOIN host_alias a ON a.id = b.alias_id GROUP BY 1, 2 ORDER BY 1, 2',
    telemetry: `SELECT a.alias, h.name, t.day, t.sensor, t.kind, t.subject, bit_or(t.hours) AS hours, min(t.first_at) AS first_at, max(t.last_at) AS last_at
      FROM telemetry t JOIN host_alias a ON a.id = t.alias_id JOIN host h ON h.id = t.host_id GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
    prevalence: 'SELECT * FROM prevalence ORDER BY scope_id, entry_id, feature, value_id, day',
    deviation: 'SELECT id, title FROM deviation ORDER BY id',
    use_day:
      'SELECT entry_id, day, group_id, signature_id, executions, deviating FROM use_day ORDER BY 1, 2, 3, 4',
  }))
    found[name] = (await pool().query(query)).rows
  return found
}

export async function expectRebuiltAlike(): Promise<void> {
  const before = await everything()
  await queueRebuild(pool())
  await settle()
  await recompute(pool())
  expect(await everything()).toEqual(before)
}
