import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type BulkAction, parseBulk } from './bulk'
import { MAX_RECORD_CHARACTERS, TOO_LARGE } from './limits'

async function read(text: string, pieceLength = 1 << 20): Promise<BulkAction[]> {
  const bytes = Buffer.from(text)
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength)
  }
  const actions: BulkAction[] = []
  for await (const action of parseBulk(pieces())) actions.push(action)
  return actions
}

/** Verb, and the record's fields or why it is none. */
function told({ verb, item }: BulkAction) {
  return [verb, item.kind === 'record' ? item.record.fields : item.rejection.reason]
}

test('each action has its verb, its document and its place', async () => {
  const actions = await read('{"index":{"_index":"a"}}\n{"x":1}\r\n\n{ "create" : {} }\n{"x":2}\n')
  expect(actions.map(told)).toEqual([
    ['index', { x: 1 }],
    ['create', { x: 2 }],
  ])
  expect(actions.map(({ item }) => (item.kind === 'record' ? item.record.position : 0))).toEqual([1, 2])
})

test('what cannot be stored is one rejection, and its neighbours are read', async () => {
  const long = `{"x":"${'y'.repeat(MAX_RECORD_CHARACTERS)}"}`
  const deep = `${'{"x":'.repeat(100)}1${'}'.repeat(100)}`
  const lines = [
    '{"delete":{"_id":"1"}}',
    '{"update":{"_id":"1"}}\n{"doc":{}}',
    '{"index":{}}\nno JSON',
    '{"index":{}}\n[1]',
    '{"index":{}}\n{"a":1}{"b":2}',
    `{"index":{}}\n${long}`,
    `{"index":{}}\n${deep}`,
    '{"create":{}}\n{"kept":true}',
    '{"create":{}}',
  ]
  const actions = (await read(lines.join('\n'))).map(told)
  expect(actions.map(([verb]) => verb)).toEqual([
    'delete',
    'update',
    'index',
    'index',
    'index',
    'index',
    'index',
    'create',
    'create',
  ])
  expect(actions[5]).toEqual(['index', TOO_LARGE])
  expect(actions[6]?.[1]).toMatch(/deeper/)
  expect(actions[7]).toEqual(['create', { kept: true }])
  expect(actions.filter(([, fields]) => typeof fields === 'string')).toHaveLength(8)
})

test.each([
  '{"x":1}',
  '{"index":{},"create":{}}',
  '{"index":1}',
  '{"constructor":{}}',
  '[]',
  '"index"',
  'nothing',
])('a line %j in place of an action ends the request with its number', async (line) => {
  await expect(read(`{"index":{}}\n{"x":1}\n${line}\n{"x":2}\n`)).rejects.toThrow(
    /^Malformed action\/metadata line \[3\]/,
  )
})

test('wherever the body is split, its actions are the same, and nothing but a malformed action throws', async () => {
  const line = fc.oneof(
    fc.constantFrom('{"index":{}}', '{"create":{"_index":"ä"}}', '{"delete":{}}', '{"update":{}}', ''),
    fc.json().filter((json) => !json.includes('\n')),
    fc.string().map((text) => text.replaceAll('\n', ' ')),
  )
  const outcome = (text: string, pieceLength: number) =>
    read(text, pieceLength).catch((error: unknown) => {
      if (error instanceof ExpectedError) return error.message
      throw error
    })
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 12 }),
      fc.integer({ min: 1, max: 40 }),
      async (lines, length) => {
        const text = lines.join('\n')
        expect(await outcome(text, length)).toEqual(await outcome(text, 1 << 20))
      },
    ),
    { numRuns: 500 },
  )
})
