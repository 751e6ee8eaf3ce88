import fs from 'node:fs'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { log } from '@/lib/log'
import { prisma } from './prisma'
import { withTestDatabase } from './test-database'

withTestDatabase()
beforeAll(() => {
  // another file may have silenced it
  log().level = 'info'
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What the log says of a failure. */
function lineOf(failure: unknown): string {
  const written = vi
    .spyOn(fs, 'writeSync')
    .mockImplementation((_file: number, text: unknown) => String(text).length)
  log().error({ err: failure }, 'failed')
  return written.mock.calls.map(([, text]) => String(text)).join('')
}

test('what the log says of a failure quotes no row of the database', async () => {
  const raised =
    "DO $$ BEGIN RAISE EXCEPTION 'no such row' USING DETAIL = 'powershell -enc AAAA', ERRCODE = '23514'; END $$"
  const line = lineOf(await prisma().$executeRawUnsafe(raised).catch(asIs))
  expect(JSON.parse(line).err.message).toContain('no such row')
  expect(line).not.toContain('powershell')
})

test('what the log says of a mistake of ours quotes nothing of what was to be written', async () => {
  // what no type allows, a bug does
  const account = { email: 5, name: 'Ada of corp.example', role: 'viewer' } as never
  const line = lineOf(await prisma().account.create({ data: account }).catch(asIs))
  expect(JSON.parse(line).err.message).toContain('Argument `email`')
  expect(line).not.toContain('corp.example')
})

function asIs(error: unknown): unknown {
  return error
}
