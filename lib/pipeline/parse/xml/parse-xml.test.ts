import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { EventSplitter, type XmlPiece } from './event-splitter'
import { parseXml } from './parse-xml'

const read = async (content: string | Uint8Array) => contents(await collect(parseXml(pieces(content))))

const SYSTEM = "<System><Provider Name='P' Guid='{AB}'/><EventID>1</EventID></System>"
const event = (id: number, data = `<Data Name='n'>${id}</Data>`) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>${SYSTEM.replace('>1<', `>${id}<`)}<EventData>${data}</EventData></Event>`
const fields = (id: number, data: unknown = { n: String(id) }) => ({
  System: { Provider: 'P', ProviderGuid: '{AB}', EventID: String(id) },
  EventData: data,
  UserData: null,
})
const [a, b] = [event(1), event(2)]

describe('the events are found in', () => {
  test.each<[string, string | Uint8Array]>([
    ['one line', `<Events>${a}${b}</Events>`],
    [
      'an export with a declaration and a byte order mark',
      `\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<Events>${a}${b}</Events>`,
    ],
    ['one event a line', `${a}\n${b}\n`],
    ['lines with CRLF and text before each event', `1 <13>host: ${a}\r\n2 <13>host: ${b}\r\n`],
    ['pretty-printed elements', `<Events>\n  ${a.replaceAll('><S', '>\n    <S')}\n  ${b}\n</Events>\n`],
    ['UTF-16', Buffer.from(`\ufeff<Events>${a}${b}</Events>`, 'utf16le')],
    ['big-endian UTF-16 without a mark', Buffer.from(`<Events>${a}${b}</Events>`, 'utf16le').swap16()],
    ['prefixes, bound or not', `${a}${b}`.replaceAll(/<(\/?)(\w)/g, '<$1ns0:$2')],
    ['comments between', `<!-- x -->${a}<!-- <Data> -->${b}`],
  ])('%s', async (_, content) => {
    expect(await read(content)).toEqual([fields(1), fields(2)])
  })

  test('a file of one event', async () => {
    expect(await read(a)).toEqual([fields(1)])
  })
})

describe('an event keeps', () => {
  test.each<[string, string, unknown]>([
    [
      'quotes and entities',
      `<Data Name='c'>"a" &amp;&lt;&gt;&quot;&apos;&#x41;&#66;</Data>`,
      { c: `"a" &<>"'AB` },
    ],
    ['characters that XML forbids', '<Data Name="c">/f\u001b[D\u0001\0</Data>', { c: '/f\u001b[D\u0001\0' }],
    [
      'references to them',
      '<Data Name="c">&#x1B;[D&#0;\ue000\ue001&#xFFFE;</Data>',
      { c: '\u001b[D\0\ue000\ue001\ufffe' },
    ],
    ['white space and line breaks', '<Data Name="c"> a\n\n b </Data>', { c: ' a\n\n b ' }],
    [
      'data without a name',
      '<Data>x</Data><Data>y</Data><Binary>00</Binary>',
      { Data: 'x', Data2: 'y', Binary: '00' },
    ],
    ['a name twice', '<Data Name="n">x</Data><Data Name="n">y</Data>', { n: 'x', n2: 'y' }],
    ['empty values', '<Data Name="n"></Data><Data Name="m"/>', { n: '', m: '' }],
    ['CDATA', '<Data Name="n"><![CDATA[a & <b>]]></Data>', { n: 'a & <b>' }],
    ['a field called __proto__', '<Data Name="__proto__">x</Data>', { '[__proto__]': 'x' }],
  ])('%s', async (_, data, expected) => {
    expect(await read(event(1, data))).toEqual([fields(1, expected)])
  })

  test('UserData with its own Event element, and what a forwarding computer rendered', async () => {
    const user = "<UserData><Event xmlns='x'><Id>7</Id><Event/></Event></UserData>"
    const rendered =
      "<RenderingInfo Culture='en-US'><Message>m</Message><Keywords><Keyword>k</Keyword><Keyword>l</Keyword></Keywords></RenderingInfo>"
    const xml = `<Event xmlns='x'>${SYSTEM}${user}${rendered}</Event>`
    const expected = {
      ...fields(1, null),
      UserData: { Event: { Id: '7', Event: '' } },
      RenderingInfo: { Culture: 'en-US', Message: 'm', Keywords: { Keyword: ['k', 'l'] } },
    }
    expect(await read(`${xml}${b}`)).toEqual([expected, fields(2)])
  })

  test('its record id, and its time to the 100 ns', async () => {
    const system =
      "<System><TimeCreated SystemTime='2022-03-25T17:46:37.653084200Z'/><EventRecordID>361824</EventRecordID></System>"
    const [item] = await collect(parseXml(pieces(`<Event>${system}</Event>`)))
    expect(item).toMatchObject({
      record: {
        position: 1,
        recordId: '361824',
        fields: { System: { TimeCreated: '2022-03-25T17:46:37.6530842Z' } },
      },
    })
  })
})

const NOT_WELL_FORMED = /^it is not well-formed XML: /
const deep = `${'<a>'.repeat(70)}${'</a>'.repeat(70)}`

describe('one event that cannot be read is one rejection, and its neighbours are read:', () => {
  test.each<[string, string, string | RegExp]>([
    ['an element that is not closed', event(9, '<Data>'), NOT_WELL_FORMED],
    ['a bare ampersand', event(9, '<Data>a & b</Data>'), NOT_WELL_FORMED],
    ['an entity of its own', event(9, '<Data>&x;</Data>'), NOT_WELL_FORMED],
    ['elements nested too deep', event(9, deep), /nested deeper than 64 levels/],
    ['no System', '<Event><EventData/></Event>', 'the event has no System element'],
    ['no end', a.slice(0, -8), 'the event has no end before the next one begins'],
    ['no end within a value', a.slice(0, -40), 'the event has no end before the next one begins'],
    ['no beginning', a.slice(8), 'part of an event whose beginning is missing'],
    ['nothing in it', '<Event/>', 'an Event element with nothing in it'],
    ['more than 1 MiB', event(9, 'x'.repeat(1024 * 1024)), 'the record is larger than 1 MiB'],
    [
      'a document type',
      '<!DOCTYPE x [<!ENTITY x "y">]>',
      'a document type declaration: nothing it declares is used',
    ],
    ['a document type inside', event(9, '<!DOCTYPE x>'), NOT_WELL_FORMED],
  ])('%s', async (_, xml, reason) => {
    const [first, broken, second, ...others] = await read(`<Events>${a}${xml}${b}</Events>`)
    expect([first, second, ...others]).toEqual([fields(1), fields(2)])
    expect(broken).toMatch(reason)
  })

  test('the end of the file', async () => {
    expect(await read(`${a}${b.slice(0, 100)}`)).toEqual([
      fields(1),
      'the file ends inside this record: it may be cut off',
    ])
  })
})

test('XML without Windows events says so', async () => {
  expect(await read('<Objs><Obj/></Objs>')).toEqual(['XML without Windows events in it'])
})

test('entities are not expanded, however many are declared', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`
  const found = await read(`${bomb}<Events>${event(1, '<Data>&b;&f;</Data>')}${b}</Events>`)
  expect(found[1]).toMatch(NOT_WELL_FORMED)
  expect(found[2]).toEqual(fields(2))
})

test('a record of very many elements or attributes takes no more than linear time', async () => {
  const attributes = Array.from({ length: 90_000 }, (_, index) => `a${index}=''`).join(' ')
  const found = await read(event(1, '<Data/>'.repeat(140_000)) + event(2, `<Data ${attributes}/>`))
  expect(found).toHaveLength(2)
})

test('a line of any length without an event is passed over with little memory', async () => {
  async function* line() {
    for (let piece = 0; piece < 64; piece++) yield Buffer.alloc(256 * 1024, '<Events ')
    yield Buffer.from(`>${a}`)
  }
  expect(contents(await collect(parseXml(line())))).toEqual([fields(1)])
})

test('any split of the text gives the same events', () => {
  const nested = `<Event  x='1' >\n ${SYSTEM}<UserData><Event><Event/></Event></UserData></Event>`
  const text = `<Events>${a}${event(3, 'x')}${a.slice(9)}${a.slice(0, -9)}${nested}<Event/>${b}</Events><!DOCTYPE x>`
  const split = (sizes: readonly number[]) => {
    const splitter = new EventSplitter()
    const found: XmlPiece[] = []
    for (let at = 0, turn = 0; at < text.length; turn++) {
      const size = sizes[turn % sizes.length] ?? 1
      found.push(...splitter.add(text.slice(at, at + size)))
      at += size
    }
    return [...found, ...splitter.end()]
  }
  const whole = split([text.length])
  expect(whole).toHaveLength(8)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
      expect(split(sizes)).toEqual(whole)
    }),
  )
})

test('any split of the bytes gives the same items', async () => {
  const bytes = Buffer.from(
    `<Events>${Array.from({ length: 500 }, (_, id) => event(id, `é🙂${id}`)).join('')}</Events>`,
  )
  const whole = await collect(parseXml(pieces(bytes)))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1 }), async (sizes) => {
      expect(await collect(parseXml(pieces(bytes, sizes)))).toEqual(whole)
    }),
    { numRuns: 10 },
  )
})
