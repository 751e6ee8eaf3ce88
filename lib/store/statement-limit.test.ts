import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { StoppedError } from '@/lib/errors'
import {
  closePool,
  createPool,
  limitIdleTransactions,
  limitStatements,
  memoryKey,
  patientPool,
  pool,
} from './pool'
import { loadMaturityOfAll } from './screens/hosts'
import { rows, sql } from './sql'
import { withTestDatabase } from './test-database'

const database = withTestDatabase()
const defaults = { ...pg.defaults }
vi.stubEnv('CORDON_STATEMENT_SECONDS', '1')
afterAll(() => void Object.assign(pg.defaults, defaults))

const settingsOf = async (one: pg.Pool) =>
  await rows(
    one,
    sql`SELECT current_setting('statement_timeout') AS statement, current_setting('idle_in_transaction_session_timeout') AS idle`,
  )

test('outside the web server no statement is stopped, and there is one pool', async () => {
  expect(patientPool()).toBe(pool())
  expect(await settingsOf(pool())).toEqual([{ statement: '0', idle: '0' }])
  await closePool()
})

test('in a worker nothing is stopped but a transaction that nobody goes on with', async () => {
  limitIdleTransactions()
  expect(await settingsOf(pool())).toEqual([{ statement: '0', idle: '15min' }])
  await closePool()
})

test('in the web server a statement that takes too long is stopped and says so, while events on their way in and exports go on', async () => {
  limitStatements()
  expect(await settingsOf(pool())).toEqual([{ statement: '1s', idle: '2min' }])
  expect(await settingsOf(patientPool())).toEqual([{ statement: '1d', idle: '2min' }])
  expect(memoryKey(patientPool())).toBe(pool())
  const holder = createPool(database().url, 1)
  const client = await holder.connect()
  try {
    await client.query('BEGIN; LOCK TABLE host IN ACCESS EXCLUSIVE MODE')
    const held = rows(patientPool(), sql`SELECT count(*)::int AS hosts FROM host`)
    const refused: unknown = await rows(pool(), sql`SELECT count(*) FROM host`).catch(
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(StoppedError)
    expect((refused as StoppedError).message).toContain('longer than 1 s')
    await client.query('COMMIT')
    expect(await held).toEqual([{ hosts: 0 }])
  } finally {
    client.release()
    await holder.end()
  }
})

test('how sure every host’s judgement is, as exports say it, is read while pages hold all of their connections', async () => {
  const held = await Promise.all(Array.from({ length: 10 }, () => pool().connect()))
  try {
    const window = { from: '2026-03-01', to: '2026-03-02' }
    expect(await loadMaturityOfAll(patientPool(), [1, 2], window)).toEqual([0, 0])
  } finally {
    for (const client of held) client.release()
  }
})
