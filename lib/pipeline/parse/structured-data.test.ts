import { expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { detectFormat } from './detect-format'
import { holdsStructuredEvent, structuredEvent } from './structured-data'
import { parseSyslogLines } from './syslog-lines'

const line = (data: string, message = '') => `<14>1 2024-03-01T08:15:39Z ws01 app 1 - ${data} ${message}`

test('values are what stands between quotes, without what escapes them, and of two with one name the first', () => {
  const found = structuredEvent(line('[a@1 EventID="1" B="x \\"y\\" \\] \\\\z" EventID="2"][b C="d"]'))
  expect(found?.fields).toMatchObject({ EventID: '1', B: 'x "y" ] \\z', C: 'd' })
})

test.each([
  ['breaks off in a value', '[a@1 EventID="1" B="x'],
  ['breaks off behind a backslash', '[a@1 EventID="1" B="x\\'],
  ['has a value without quotes', '[a@1 EventID="1" B=x]'],
  ['has a name without a value', '[a@1 EventID="1" B]'],
  ['has no event', '[a@1 B="1"]'],
  ['has no data', '-'],
])('what %s is no event', (_, data) => {
  expect(structuredEvent(line(data))?.fields ?? null).toBeNull()
})

test('a name that would change the object is one like others', () => {
  const event = structuredEvent(line('[a@1 EventID="1" __proto__="x"]'))?.fields
  expect(Object.getPrototypeOf(event)).toBe(Object.prototype)
  expect(Object.keys(event ?? {})).toContain('__proto__')
})

test('a file is told by an event in the data of one of its first lines, in good time whatever they hold', () => {
  expect(detectFormat(Buffer.from(`${line('-')}\n${line('[a@1 B="c" EventID="1"]')}\n`))).toEqual({
    kind: 'syslog-lines',
  })
  const started = performance.now()
  for (const hostile of ['[a@1 ', '[', '[a@1 [', 'a@1 ', ' EventID="', '<14>1 [a@1 '])
    expect(holdsStructuredEvent(line(hostile.repeat(1024)).slice(0, 4096))).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
})

test('JSON behind the data is the record', async () => {
  const text = `${line('[a@1 EventID="1"]', '{"EventID": 5}')}\n${line('[a@1 EventID="1"]', 'text')}\n`
  expect(contents(await collect(parseSyslogLines(pieces(text, [7]))))).toEqual([
    { EventID: 5 },
    { EventID: '1', Hostname: 'ws01', EventTime: '2024-03-01T08:15:39Z' },
  ])
})

test('time, host and source are those of the header where the data has none of its own', () => {
  const written = (data: string) =>
    structuredEvent(`<14>1 2024-03-01T09:15:39.5+01:00 ws01 Microsoft-Windows-Sysmon 4 - ${data} x`)?.fields
  expect(written('[NXLOG@14506 EventID="1"]')).toEqual({
    ...{ EventID: '1', EventTime: '2024-03-01T09:15:39.5+01:00' },
    ...{ Hostname: 'ws01', SourceName: 'Microsoft-Windows-Sysmon' },
  })
  const own = { EventID: '1', TimeCreated: 'a', Hostname: 'b', SourceName: 'c' }
  expect(written('[NXLOG@14506 EventID="1" TimeCreated="a" Hostname="b" SourceName="c"]')).toEqual(own)
})

test('an object that a message quotes is neither the record nor a reason to lose it', async () => {
  const quotes = ['CommandLine: a {"EventID":1,"Image":"b"}', 'CommandLine: a {"x":1} b', 'a: {"']
  const text = quotes.map((message) => line('[a@1 EventID="1"]', message)).join('\n')
  expect(contents(await collect(parseSyslogLines(pieces(text))))).toEqual(
    quotes.map(() => expect.objectContaining({ EventID: '1' })),
  )
})
