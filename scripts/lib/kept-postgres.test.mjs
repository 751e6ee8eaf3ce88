import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from './database.mjs'
import { keepPostgres } from './kept-postgres.mjs'
import { openLog } from './log.mjs'
import { postmasterOf } from './postgres.mjs'

/** @type {string} */
let folder
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-kept-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a PostgreSQL that is killed comes back at its address with what was stored, and one that is stopped does not', async () => {
  const dir = path.join(folder, 'data')
  const postgres = await keepPostgres({ dir, password: 'secret', log: openLog(path.join(folder, 'log')) })
  const ask = (/** @type {string} */ query) =>
    withClient(postgres.url('postgres'), async (client) => (await client.query(query)).rows)
  try {
    await ask('CREATE TABLE kept AS SELECT 1 AS n')
    for (let time = 0; time < 2; time += 1) {
      const killed = Number(postmasterOf(dir))
      process.kill(killed, 'SIGKILL')
      await expect.poll(() => [null, killed].includes(postmasterOf(dir))).toBe(false)
      await expect.poll(() => ask('SELECT n FROM kept').catch(() => null)).toEqual([{ n: 1 }])
    }
  } finally {
    await postgres.stop()
  }
  expect(postmasterOf(dir)).toBeNull()
})

test('what fails is in its log, and neither the row nor what was asked for', async () => {
  const file = path.join(folder, 'log-of-failures')
  const postgres = await keepPostgres({
    dir: path.join(folder, 'terse'),
    password: 'secret',
    log: openLog(file),
  })
  try {
    await withClient(postgres.url('postgres'), async (client) => {
      await client.query('CREATE TABLE line (text text UNIQUE)')
      for (const query of ["INSERT INTO line VALUES ('whoami'), ('whoami')", "SELECT 'whoami'::int"])
        await expect(client.query(query)).rejects.toThrow()
    })
  } finally {
    await postgres.stop()
  }
  const log = readFileSync(file, 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toMatch(/DETAIL|CONTEXT|STATEMENT|VALUES/)
})
