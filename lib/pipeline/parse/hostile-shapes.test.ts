import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { FUZZ_SOURCES } from '@/fixtures/fuzz-sources'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { detectFormat, type ReadableKind } from './detect-format'
import { parseFile } from './parse-file'

const TOO_LARGE = 'the record is larger than 1 MiB'
const MILLION = 1_000_000
const LINE_BYTES = 48 * 1024 * 1024
const MOST_MEMORY = 120 * 1024 * 1024

const names = Array.from({ length: MILLION }, (_, index) => `f${index}`)
const xmlEvent = (inside: string) =>
  `<Event><System><EventID>1</EventID></System><EventData>${inside}</EventData></Event>`

/** A hostile record of each format, beside what follows it. */
const HOSTILE: readonly { what: string; kind: ReadableKind; text: () => string; reason: string | RegExp }[] =
  [
    {
      what: 'a JSON object of a million fields',
      kind: 'json',
      text: () => `{${names.map((name) => `"${name}":1`).join(',')}}\n`,
      reason: TOO_LARGE,
    },
    {
      what: 'JSON a million levels deep',
      kind: 'json',
      text: () => `${'{"a":'.repeat(MILLION)}1${'}'.repeat(MILLION)}\n`,
      reason: 'it is nested deeper than 64 levels',
    },
    {
      what: 'an XML event of a million fields',
      kind: 'xml',
      text: () => xmlEvent('<a/>'.repeat(MILLION)),
      reason: TOO_LARGE,
    },
    {
      what: 'an XML element of a hundred thousand attributes, half of them alike',
      kind: 'xml',
      text: () => xmlEvent(`<Data ${names.slice(0, 50_000).join("='' ")}='' f1='' />`),
      reason: /^it is not well-formed XML: /,
    },
    {
      what: 'XML a hundred thousand levels deep',
      kind: 'xml',
      text: () => xmlEvent(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
      reason: 'it is not well-formed XML: nested deeper than 64 levels',
    },
    {
      what: 'a row of a million cells',
      kind: 'csv',
      text: () => `${'x,'.repeat(MILLION)}x\r\n`,
      reason: TOO_LARGE,
    },
    {
      what: 'a row of half a million cells',
      kind: 'csv',
      text: () => `${','.repeat(MILLION / 2)}\r\n`,
      reason: /^the row has 500001 cells, the header \d columns$/,
    },
    {
      what: 'an event of wevtutil of a million lines',
      kind: 'wevtutil-text',
      text: () => `Event[7]\r\n${'  a: b\r\n'.repeat(MILLION)}`,
      reason: TOO_LARGE,
    },
    {
      what: 'an object of PowerShell a thousand levels deep',
      kind: 'clixml',
      text: () => `  <Obj RefId="7">\n${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}\n  </Obj>\n`,
      reason: 'it is not well-formed XML: nested deeper than 64 levels',
    },
    {
      what: 'a line of a million keys',
      kind: 'syslog-lines',
      text: () => `CEF:0|a|b|c|d|e|f|${names.join('= ')}=\n`,
      reason: TOO_LARGE,
    },
    {
      what: 'a line of a million columns',
      kind: 'syslog-lines',
      text: () => `ws01 MSWinEventLog${'\tx'.repeat(MILLION)}\n`,
      reason: TOO_LARGE,
    },
    {
      what: 'what Logstash prints a hundred thousand levels deep',
      kind: 'ruby-debug',
      text: () => `{\n${'"a" => {'.repeat(100_000)}${'}'.repeat(100_000)}\n}\n`,
      reason: 'it is not an event as Logstash prints it (rubydebug)',
    },
    {
      what: 'an Event Viewer row of a million cells',
      kind: 'event-viewer',
      text: () => `${'x,'.repeat(MILLION)}x\r\n`,
      reason: TOO_LARGE,
    },
  ]

test.each(HOSTILE)(
  '$what is one rejection, and the records around it are read',
  async ({ kind, text, reason }) => {
    const source = FUZZ_SOURCES.find((candidate) => candidate.kind === kind)
    if (source === undefined) throw new Error(kind)
    const [first = '', second = ''] = source.records
    const file = source.head + first + text() + second + source.tail
    const found = contents(await collect(parseFile({ kind }, pieces(file, [256 * 1024]))))
    expect(found).toHaveLength(3)
    expect(found[1]).toMatch(reason)
    expect([found[0], found[2]]).toEqual([expect.any(Object), expect.any(Object)])
  },
)

test('a table of a million columns is one rejection', async () => {
  const file = `${names.join(',')}\n${'x,'.repeat(MILLION)}\n`
  const [only, ...others] = contents(await collect(parseFile({ kind: 'csv' }, pieces(file))))
  expect(others).toEqual([])
  expect(only).toMatch(/^none of the tables that are read; it has the columns f0, .* and \d+ more; /)
})

describe.each(FUZZ_SOURCES)('in $name', (source) => {
  test.each(['x', '"', '<', '{"a":['])(
    'a line of 48 MB of %j is read in flat memory, and the record behind it is read',
    async (repeated) => {
      const [first = '', , third = ''] = source.records
      let peak = 0
      const before = process.memoryUsage().heapUsed
      async function* bytes() {
        yield Buffer.from(source.head + first)
        const piece = Buffer.from(repeated.repeat(Math.ceil((256 * 1024) / repeated.length)))
        for (let left = LINE_BYTES; left > 0; left -= piece.length) {
          peak = Math.max(peak, process.memoryUsage().heapUsed)
          yield piece
        }
        yield Buffer.from(`\n${third}${source.tail}`)
      }
      let last: unknown = null
      for await (const item of parseFile({ kind: source.kind }, bytes()))
        if (item.kind === 'record') last = item.record.fields
      expect(peak - before).toBeLessThan(MOST_MEMORY)
      expect(JSON.stringify(last)).toContain(' 2')
    },
  )
})

test('what compresses in other ways, or is of no use, is named', () => {
  const kindOf = (head: string) => detectFormat(Buffer.from(head, 'latin1')).kind
  expect(kindOf('\x28\xb5\x2f\xfdxxxx')).toBe('other-archive')
  expect(kindOf('version https://git-lfs.github.com/spec/v1\n')).toBe('git-lfs-pointer')
})
