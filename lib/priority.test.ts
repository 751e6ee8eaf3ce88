import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import os from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { BEHIND_PAGES, putBehindPages } from './priority'

const hasSessions = existsSync('/proc/self/autogroup')
const started: ChildProcess[] = []
afterEach(() => {
  for (const one of started.splice(0)) one.kill()
})

/** A process that waits. `detached`: in a session of its own. */
async function waitingProcess(detached: boolean): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'], {
    detached,
    stdio: 'ignore',
  })
  started.push(child)
  await new Promise((resolve) => child.once('spawn', resolve))
  return child.pid ?? 0
}

const sessionOf = (pid: number | 'self') => readFileSync(`/proc/${pid}/autogroup`, 'utf8')

test.skipIf(!hasSessions)(
  'a process with a session of its own comes after pages of other sessions',
  async () => {
    const pid = await waitingProcess(true)
    await putBehindPages(pid)
    expect(os.getPriority(pid)).toBe(BEHIND_PAGES)
    expect(sessionOf(pid)).toMatch(new RegExp(`nice ${BEHIND_PAGES}\\n$`))
  },
)

test.skipIf(!hasSessions)('a process in the session of others slows down none of them', async () => {
  const before = sessionOf('self')
  const pid = await waitingProcess(false)
  await putBehindPages(pid)
  expect(os.getPriority(pid)).toBe(BEHIND_PAGES)
  expect(sessionOf('self')).toBe(before)
})
