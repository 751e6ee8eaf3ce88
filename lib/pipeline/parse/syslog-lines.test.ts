import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { detectFormat } from './detect-format'
import { parseFile } from './parse-file'

const HEADER = '<14>Mar  1 09:15:41 ws01 '
const CEF = 'CEF:0|a|b|c|1|d|Low|'
const SNARE = `MSWinEventLog\t${'x\t'.repeat(12)}`
const STRUCTURED = '<14>1 2024-03-01T08:15:41Z ws01 app 1 - [x@1 Keywords="1" EventID="4688" CommandLine="'

async function read(text: string) {
  const format = detectFormat(Buffer.from(text.slice(0, 4096)))
  return { ...format, items: contents(await collect(parseFile(format, pieces(text)))) }
}

test('lines of one file may be in several forms, whichever comes first', async () => {
  const lines = [
    `${HEADER}app: {"EventID":1}`,
    `${HEADER}${CEF}a=b`,
    `${HEADER}${SNARE}text`,
    `${STRUCTURED}x"]`,
    `${HEADER}<Event><System><EventID>1</EventID></System></Event>`,
  ]
  const expected = [
    { EventID: 1 },
    expect.objectContaining({ extension: { a: 'b' } }),
    expect.objectContaining({ ExpandedString: 'text' }),
    expect.objectContaining({ EventID: '4688', CommandLine: 'x' }),
    expect.objectContaining({ System: { EventID: '1' } }),
  ]
  // what begins with XML may have events of several lines
  for (const first of [0, 1, 2, 3]) {
    const turned = [first, ...[...lines.keys()].filter((index) => index !== first)]
    const { items } = await read(turned.map((index) => `${lines[index]}\n`).join(''))
    expect(items).toEqual(turned.map((index) => expected[index]))
  }
})

test.each([`${CEF}EventID=1`, SNARE, 'MSWinEventLog x', '<Event><System>'])(
  'what the values of structured data quote is no event, also where they break off: %s',
  async (quoted) => {
    const { items } = await read(`${STRUCTURED}${quoted}"]\n${STRUCTURED}${quoted}\n`)
    expect(items).toEqual([
      expect.objectContaining({ CommandLine: quoted }),
      'no event in the structured data of the line',
    ])
  },
)

test('a line that says what looks like a form of its own loses none of the others', async () => {
  const { items } = await read(`${HEADER}sudo: COMMAND=echo CEF:0|\n${HEADER}{"EventID":1}\n`)
  expect(items).toEqual(['no event in the Common Event Format (CEF) in the line', { EventID: 1 }])
})

test('an event of Snare with a tab in its text is rejected, not cut there', async () => {
  const line = (text: string, tab: string) => `${HEADER}${SNARE}${text}\t123`.replaceAll('\t', tab)
  const { items } = await read(
    `${line('a.exe', '#011')}\n${line('a.exe\tb', '#011')}\n${line('a.exe\tb', '\t')}\n`,
  )
  const isRejected = expect.stringContaining('no event of Snare in the line')
  expect(items).toEqual([expect.objectContaining({ ExpandedString: 'a.exe' }), isRejected, isRejected])
})
