import { expect, test } from 'vitest'
import type { Actor } from '@/lib/pipeline/actor'
import { answerWithin, takePlace } from './at-once'

const person = (accountId: string): Actor => ({
  kind: 'account',
  accountId,
  email: '',
  name: '',
  role: 'viewer',
  scope: { kind: 'all' },
})

test('an account has so many under way at once, and what one has takes nothing from another', () => {
  const held = [1, 2, 3].map(() => takePlace('file', person('a')))
  expect(() => takePlace('file', person('a'))).toThrow('3 of these under way')
  held.push(takePlace('file', person('b')), takePlace('search', person('a')))
  // twice is once
  held[0]?.()
  held[0]?.()
  held.push(takePlace('file', person('a')))
  expect(() => takePlace('file', person('a'))).toThrow('under way')
  for (const giveBack of held) giveBack()
})

test('all accounts together have an end too', () => {
  const held = Array.from({ length: 12 }, (_, at) => takePlace('file', person(String(at))))
  expect(() => takePlace('file', person('another'))).toThrow('Too many')
  for (const giveBack of held) giveBack()
})

/** Something that is read piece by piece without an end, and whether it was stopped. */
function endless() {
  const made = { isStopped: false }
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Buffer.from('abc')),
    cancel: () => {
      made.isStopped = true
    },
  })
  return { made, answer: async () => new Response(body, { headers: { 'x-kept': 'yes' } }) }
}

const get = (init?: RequestInit) => new Request('http://cordon.test/', init)
/** How many downloads an account can begin. */
function placesLeft(actor: Actor): number {
  const held: (() => void)[] = []
  try {
    for (;;) held.push(takePlace('file', actor))
  } catch {
    for (const giveBack of held) giveBack()
    return held.length
  }
}

test.each([
  ['was read to its end', async (answer: Response) => expect(await answer.text()).toBe('abc')],
  ['is read no further', async (answer: Response) => await answer.body?.cancel()],
  [
    'broke',
    async (answer: Response) => await expect(answer.text()).rejects.toThrow('broken'),
    new Error('broken'),
  ],
])('an answer that %s gives its place back, and not before', async (what, end, error?: Error) => {
  const actor = person(what)
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from('abc'))
      if (error) controller.error(error)
      else controller.close()
    },
  })
  const answer = await answerWithin('file', { actor, request: get() }, async () => {
    return new Response(source, { headers: { 'x-kept': 'yes' } })
  })
  expect(answer.headers.get('x-kept')).toBe('yes')
  expect(placesLeft(actor)).toBe(2)
  await end(answer)
  expect(placesLeft(actor)).toBe(3)
})

test.each(['file', undefined] as const)(
  'who asks for the head alone leaves nothing running (%s)',
  async (costly) => {
    const { made, answer } = endless()
    const head = await answerWithin(
      costly,
      { actor: person('head'), request: get({ method: 'HEAD' }) },
      answer,
    )
    expect([head.body, head.headers.get('x-kept')]).toEqual([null, 'yes'])
    await expect.poll(() => made.isStopped).toBe(true)
    expect(placesLeft(person('head'))).toBe(3)
  },
)

test('whoever goes before the answer began holds a place until the work for it ended, and no longer', async () => {
  const actor = person('gone')
  const { made, answer } = endless()
  const leaving = new AbortController()
  let finish = () => {}
  const work = new Promise<void>((resolve) => {
    finish = resolve
  })
  const request = get({ signal: leaving.signal })
  const answered = answerWithin('file', { actor, request }, async () => {
    await work
    return await answer()
  })
  leaving.abort()
  expect(placesLeft(actor)).toBe(2)
  finish()
  await answered
  await expect.poll(() => made.isStopped).toBe(true)
  expect(placesLeft(actor)).toBe(3)
})

test('whoever goes before the first byte was read stops what makes the answer', async () => {
  const actor = person('gone later')
  const { made, answer } = endless()
  const leaving = new AbortController()
  await answerWithin('file', { actor, request: get({ signal: leaving.signal }) }, answer)
  leaving.abort()
  await expect.poll(() => made.isStopped).toBe(true)
  expect(placesLeft(actor)).toBe(3)
})
