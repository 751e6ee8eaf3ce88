import { expect, test } from 'vitest'
import { tellChange } from '@/lib/store/changes'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { changeStream } from './live'

withTestDatabase()

/** Opens a stream, whose session counts as long as `session.isLive` says so; answers what it told so far, and whether it is over. */
function open(accountId: string) {
  const session = { isLive: true }
  const leaving = new AbortController()
  const stream = changeStream({
    accountId,
    isLive: () => Promise.resolve(session.isLive),
    signal: leaving.signal,
  })
  const heard = { text: '', isOver: false }
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const piece of stream) heard.text += decoder.decode(piece)
    heard.isOver = true
  }
  void read()
  return { session, heard, leave: () => leaving.abort() }
}

const tell = (kind: string) => tellChange(pool(), kind)

test('a stream tells what kind of thing changed, and of notifications only its own account’s', async () => {
  const { heard, leave } = open('mine')
  const told = async () => {
    await tell('notification:theirs')
    await tell('notification:mine')
    return heard.text
  }
  await expect.poll(told).toContain('"notification"')
  await tell('deviation')
  await expect.poll(() => heard.text).toMatch(/^data: .*"deviation"/m)
  expect(heard.text).not.toContain('theirs')
  leave()
})

test('a stream ends with its session, not with another one', async () => {
  const [ended, other] = [open('mine'), open('mine')]
  const told = async () => {
    await tell('deviation')
    return `${ended.heard.text} ${other.heard.text}`
  }
  await expect.poll(told).toMatch(/deviation.* .*deviation/s)
  ended.session.isLive = false
  await tell('session')
  await expect.poll(() => ended.heard.isOver).toBe(true)
  await expect.poll(() => other.heard.text).toContain('"session"')
  expect(other.heard.isOver).toBe(false)
  other.leave()
})

test('who leaves while it is asked whether their session counts leaves nothing behind', async () => {
  const answers: ((isLive: boolean) => void)[] = []
  const stream = changeStream({
    accountId: 'mine',
    isLive: () => new Promise((resolve) => answers.push(resolve)),
    signal: new AbortController().signal,
  })
  const told = async () => {
    await tell('session')
    return answers.length
  }
  await expect.poll(told).toBeGreaterThan(0)
  await stream.cancel()
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  for (const answer of answers) answer(false)
  await new Promise(setImmediate)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
