import { expect, test } from 'vitest'
import type { Actor } from '@/lib/pipeline/actor'
import { holdPlace, takePlace } from './at-once'

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

test.each([
  ['was read to its end', async (answer: Response) => expect(await answer.text()).toBe('abc')],
  ['is read no further', async (answer: Response) => await answer.body?.cancel()],
  [
    'broke',
    async (answer: Response) => await expect(answer.text()).rejects.toThrow('broken'),
    new Error('broken'),
  ],
])('an answer that %s gives its place back, and not before', async (_, end, error?: Error) => {
  let given = 0
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from('abc'))
      if (error) controller.error(error)
      else controller.close()
    },
  })
  const answer = holdPlace(new Response(source, { headers: { 'x-kept': 'yes' } }), () => {
    given += 1
  })
  expect(answer.headers.get('x-kept')).toBe('yes')
  expect(given).toBe(0)
  await end(answer)
  expect(given).toBe(1)
})
