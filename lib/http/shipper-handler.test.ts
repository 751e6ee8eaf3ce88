import { describe, expect, test } from 'vitest'
import { type ErrorCode, ExpectedError } from '@/lib/errors'
import { toElasticsearchFailure } from './elasticsearch'
import { toHecFailure } from './splunk'
import { STATUS } from './status'

const request = (headers: Record<string, string> = {}, query = '') =>
  new Request(`http://cordon.test/${query}`, { headers })
const failure = (code: ErrorCode) => new ExpectedError(code, 'because')

describe('Elasticsearch', () => {
  test.each(Object.entries(STATUS))(
    '%s is answered %i in its shape, with the header its clients insist on',
    async (code, status) => {
      const answer = toElasticsearchFailure(failure(code as ErrorCode), request())
      expect(answer.status).toBe(status)
      expect(answer.headers.get('x-elastic-product')).toBe('Elasticsearch')
      const body = await answer.json()
      expect(body).toMatchObject({
        status,
        error: { type: expect.stringMatching(/_exception$/), reason: 'because' },
      })
      expect(body.error.root_cause).toHaveLength(1)
    },
  )
  test('a fault says nothing of itself and asks to come again', async () => {
    const answer = toElasticsearchFailure(null, request())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.text()).toContain('logged')
  })
  test('busy is 429 with the time to wait', () => {
    const answer = toElasticsearchFailure(failure('busy'), request())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '5'])
  })
})

describe('the collector', () => {
  test.each([
    ['no key', request(), 'unauthenticated', 401, 2],
    ['an unknown key', request({ authorization: 'Splunk x' }), 'unauthenticated', 401, 3],
    ['a key in the address', request({}, '?token=x'), 'unauthenticated', 400, 16],
    ['a key that may not', request(), 'forbidden', 403, 1],
    ['a body that is none', request(), 'invalid-input', 400, 6],
    ['a packing that is not read', request(), 'unsupported-encoding', 415, 6],
    ['too large a body', request(), 'too-large', 413, 27],
    ['too much at once', request(), 'busy', 503, 9],
  ] as const)('%s has its code', async (_what, sent, code, status, hecCode) => {
    const answer = toHecFailure(failure(code), sent)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ text: expect.stringMatching(/^[A-Z]/), code: hecCode })
    expect(answer.headers.get('retry-after')).toBe(hecCode === 9 ? '5' : null)
  })
  test('a fault says nothing of itself', async () => {
    const answer = toHecFailure(null, request())
    expect([answer.status, await answer.json()]).toEqual([500, { text: 'Internal server error', code: 8 }])
  })
})
