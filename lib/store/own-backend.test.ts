import os from 'node:os'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { BEHIND_PAGES } from '@/lib/priority'
import { putBackendBehindPages } from './own-backend'
import { pool } from './pool'
import { withTestDatabase } from './test-database'

const isLinux = process.platform === 'linux'
withTestDatabase()

test.skipIf(!isLinux)(
  'pages come before what the database of this machine does for a connection',
  async () => {
    const client = await pool().connect()
    try {
      await putBackendBehindPages(client)
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      expect(os.getPriority(rows[0]?.pid)).toBe(BEHIND_PAGES)
    } finally {
      client.release(true)
    }
  },
)

test.skipIf(!isLinux)('a process that only has the number that a database tells is left alone', async () => {
  const [client, other] = [await pool().connect(), await pool().connect()]
  try {
    const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const others = [process.pid, rows[0]?.pid ?? 0]
    const before = others.map((pid) => os.getPriority(pid))
    for (const processID of others)
      await putBackendBehindPages(Object.create(client, { processID: { value: processID } }) as pg.PoolClient)
    expect(others.map((pid) => os.getPriority(pid))).toEqual(before)
  } finally {
    client.release(true)
    other.release(true)
  }
})
