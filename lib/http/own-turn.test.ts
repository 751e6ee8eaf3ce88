import { expect, test } from 'vitest'
import type { Actor } from '@/lib/pipeline/actor'
import { inOwnTurn } from './own-turn'

const person = (accountId: string): Actor => ({
  kind: 'account',
  accountId,
  email: '',
  name: '',
  role: 'viewer',
  scope: { kind: 'all' },
})

/** Reads that end when they are told to. */
function reads(of: Actor) {
  const ends: (() => void)[] = []
  const failures: string[] = []
  let begun = 0
  const open = () =>
    void inOwnTurn(of, () => {
      begun += 1
      return {
        rows: Promise.resolve(),
        count: new Promise<void>((resolve) => {
          ends.push(resolve)
        }),
      }
    }).catch((error: Error) => failures.push(error.message))
  return { open, ends, failures, begun: () => begun }
}

test('pages of one account search in turn, and take no turn of another', async () => {
  const [script, other] = [reads(person('a')), reads(person('b'))]
  for (let page = 0; page < 5; page++) script.open()
  other.open()
  expect([script.begun(), other.begun()]).toEqual([3, 1])
  // its slowest read ends a turn
  script.ends[0]?.()
  await expect.poll(script.begun).toBe(4)
  script.ends[1]?.()
  await expect.poll(script.begun).toBe(5)
  for (const end of [...script.ends, ...other.ends]) end()
})

test('who opens more than waits is told to come again, and everything before it is answered', async () => {
  const script = reads(person('c'))
  for (let page = 0; page < 70; page++) script.open()
  await expect.poll(() => script.failures.length).toBe(7)
  expect(script.failures[0]).toContain('Come again')
  for (let page = 0; page < 63; page++) {
    await expect.poll(() => script.ends.length).toBeGreaterThan(page)
    script.ends[page]?.()
  }
  script.open()
  await expect.poll(script.begun).toBe(64)
  script.ends[63]?.()
})

test('what fails ends its turn', async () => {
  const actor = person('d')
  for (let page = 0; page < 5; page++) {
    const { rows } = await inOwnTurn(actor, () => ({ rows: Promise.reject(new Error('broken')) }))
    await expect(rows).rejects.toThrow('broken')
    const thrown = inOwnTurn(actor, () => {
      throw new Error('at once')
    })
    await expect(thrown).rejects.toThrow('at once')
  }
})
