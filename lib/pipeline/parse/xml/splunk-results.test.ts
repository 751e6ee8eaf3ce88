import { expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { detectFormat } from '../detect-format'
import { parseSplunkResults } from './splunk-results'

const result = (text: string) =>
  `<result offset='0'><field k='a'><value><text>${text}</text></value></field></result>`
const file = (...results: string[]) =>
  `<?xml version='1.0'?>\n<results preview='0'>\n${results.join('\n')}</results>`
const read = async (text: string, sizes?: number[]) =>
  contents(await collect(parseSplunkResults(pieces(text, sizes))))

test('any split of the bytes gives the same results', async () => {
  const text = file(
    result('1'),
    result('&lt;/result&gt;é'),
    "<result offset='1'>broken</field></result>",
    result('3'),
  )
  const whole = await read(text)
  expect(whole).toEqual([
    { a: '1' },
    { a: '</result>é' },
    expect.stringMatching(/^it is not well-formed XML/),
    { a: '3' },
  ])
  for (const sizes of [[1], [2, 3], [7], [64]]) expect(await read(text, sizes)).toEqual(whole)
})

test('a result that is too large is passed over, and its neighbours are read', async () => {
  const large = result('x'.repeat(3 * 1024 * 1024))
  expect(await read(file(result('1'), large, result('2')))).toEqual([
    { a: '1' },
    expect.stringMatching(/1 MiB/),
    { a: '2' },
  ])
})

test('results that begin and never end are let go of as soon as they are too large', async () => {
  const open = '<result '.repeat(1_000_000)
  const found = await read(`<results preview='0'>${open}${result('1')}`)
  expect(found.slice(0, -1).filter((reason) => !/1 MiB|no end/.test(String(reason)))).toEqual([])
  // one for each MiB, but for those that the last result's end shows to have none
  const large = found.filter((reason) => /1 MiB/.test(String(reason)))
  expect(large.length).toBeLessThanOrEqual(Math.ceil(open.length / 2 ** 20))
  expect(found.at(-1)).toEqual({ a: '1' })
})

test('a result without an end does not take the next one with it', async () => {
  const open = result('1').replace('</result>', '')
  expect(await read(file(open, result('2')))).toEqual([expect.stringMatching(/no end/), { a: '2' }])
})

test('what has no end, and nothing at all, is told', async () => {
  expect(await read(file(result('1')).slice(0, -20))).toHaveLength(1)
  expect(await read(`${file()} <result offset='0'><field`)).toEqual([expect.stringMatching(/cut off|ends/)])
  expect(await read(file())).toEqual(['the search found nothing'])
})

test('other XML is told by its events', () => {
  expect(detectFormat(Buffer.from(file()))).toEqual({ kind: 'splunk-xml' })
  for (const root of ['resultset', 'results', 'results xmlns="preview"'])
    expect(detectFormat(Buffer.from(`<${root}><Event></Event>`))).toEqual({ kind: 'xml' })
})
