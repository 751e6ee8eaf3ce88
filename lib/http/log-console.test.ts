import fs from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { log } from '@/lib/log'
import { logConsole } from './log-console'

const { error, warn } = console
afterAll(() => {
  Object.assign(console, { error, warn })
  vi.restoreAllMocks()
})

/** What was written to standard error, line by line. */
function linesOf(act: () => void): string[] {
  const written: string[] = []
  const spy = vi.spyOn(fs, 'writeSync').mockImplementation((_file: number, text: unknown) => {
    written.push(String(text))
    return String(text).length
  })
  act()
  spy.mockRestore()
  return written.join('').split('\n').filter(Boolean)
}

test('what others print is a line of the log an event, in one piece, and without the rows that PostgreSQL quotes', () => {
  const failed = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ada@corp.example) already exists.',
    where: 'COPY execution, line 1: "powershell -enc AAAA"',
  })
  // another file may have silenced it
  log().level = 'info'
  logConsole()
  const lines = linesOf(() => {
    console.error('\u001b[31m⨯\u001b[39m', failed)
    console.warn('a line\n{"level":60,"msg":"of an attacker"}')
  })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 50, msg: 'request failed', err: { message: 'duplicate key', code: '23505' } },
    { level: 40, msg: 'a line\n{"level":60,"msg":"of an attacker"}' },
  ])
  expect(lines.join('')).not.toMatch(/corp\.example|powershell/)
})
