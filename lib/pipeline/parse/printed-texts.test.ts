import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FUZZ_SOURCES } from '@/fixtures/fuzz-sources'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { cefFields } from './cef'
import type { ReadableKind } from './detect-format'
import { parseFile } from './parse-file'
import { readPythonList } from './python-list'
import { readRuby } from './ruby-inspect'
import { readYamlFields } from './yaml-fields'

const marks = ['"', "'", '\\', '\n', '\r', '\t', '|', '=', ' ', '[', ']', '{', '}', ',', 'n', 'x41', 'é🙂']
const values = fc
  .array(fc.oneof(fc.constantFrom(...marks), fc.string({ maxLength: 3 })), { maxLength: 12 })
  .map((parts) => parts.join(''))

const itemsOf = async (kind: ReadableKind, text: string) =>
  contents(await collect(parseFile({ kind }, pieces(text, [7]))))

test('whatever a value of the Common Event Format holds, it is read as it was written', () => {
  const escaped = (value: string) =>
    value.replace(/[\\=]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  fc.assert(
    fc.property(values, (value) => {
      const line = `CEF:0|Microsoft|Windows||x:4688|a|Low|cs4=${escaped(value)} dvchost=ws01`
      expect(cefFields(line)?.['extension']).toEqual({ cs4: value, dvchost: 'ws01' })
    }),
  )
})

test('a writer that does not escape the backslashes of paths is read as it writes', () => {
  const fields = cefFields(
    'CEF:0|Microsoft|a\\|b||1|c|Low|dproc=C:\\Windows\\notepad.exe cn1=1 dproc=C:\\b.exe',
  )
  expect(fields).toMatchObject({
    deviceProduct: 'a|b',
    extension: { dproc: 'C:\\Windows\\notepad.exe', cn1: '1' },
  })
  const set = cefFields('CEF:0|a|b||1|c|Low|cs4=C:\\x.exe TARGETDIR=C:\\y cs4Label=CommandLine ad.User=eve')
  expect(set?.['extension']).toEqual({
    cs4: 'C:\\x.exe TARGETDIR=C:\\y',
    cs4Label: 'CommandLine',
    'ad.User': 'eve',
  })
  expect(cefFields('CEF:0|Microsoft|Windows||1|cut off')).toBeNull()
})

test('whatever a text holds, it is read as Ruby inspects it', () => {
  const inspected = (value: string) => JSON.stringify(value).replace(/#(?=[{$@])/g, '\\#')
  fc.assert(
    fc.property(fc.array(values), (list) => {
      const items = list.map((value, index) => `[${index}] ${inspected(value)}`).join(',\n')
      const printed = `{\n  "a" => [\n${items}\n ],\n  "at" => 2024-03-01T08:15:39.571Z,\n "n" => nil, "i" => -12,\n "o" => {}\n}`
      expect(readRuby(printed)).toEqual({ a: list, at: '2024-03-01T08:15:39.571Z', n: null, i: -12, o: {} })
    }),
  )
})

test('what Ruby does not print so is not read, however deep it is', () => {
  const deep = `${'{"a" => '.repeat(100_000)}1${'}'.repeat(100_000)}`
  const others = ['', '{', '{"a"}', '{"a" => }', '{"a" => "b}', '["a"]', '{"a" => [1, }', deep]
  expect(others.map(readRuby)).toEqual(others.map(() => null))
  expect(readRuby('{"a" => "\\u00e9\\x41\\e\\u{110000}"}')).toEqual({ a: 'éA\u001b\ufffd' })
})

test.each([', ', '  '])(
  'whatever the values of a list hold, they are read as Python prints them, %j between',
  (separator) => {
    const printed = (value: string) =>
      `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}'`
    fc.assert(
      fc.property(fc.array(values, { minLength: 2 }), (list) => {
        const text = `[${list.map(printed).join(separator)}]`
        expect(readPythonList(`x ${text} y`, 2)).toEqual({ values: list, separator, end: text.length + 2 })
      }),
    )
  },
)

test('a list that breaks off is none', () => {
  for (const text of ['', 'x', '[', "['a'", "['a' 'b']", "['a', ", '["a]'])
    expect(readPythonList(text, 0), text).toBeNull()
  expect(readPythonList("[\"it's\", u'\\xe9\\U0001f642']", 0)?.values).toEqual(["it's", 'é🙂'])
})

test('whatever a text holds, it is read as programs write it in YAML', () => {
  const block = (value: string) =>
    `|-\n${value
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n')}`
  fc.assert(
    fc.property(values, (value) => {
      const single = value.replace(/[\r\n]/g, '')
      const yaml = `---\na: ${JSON.stringify(value)}\n'b': '${single.replaceAll("'", "''")}'\nc: 0x12\nd:\n  - x\ne: ~\n`
      expect(readYamlFields(yaml)).toEqual({ a: value, b: single, c: '0x12', d: null, e: null })
    }),
  )
  expect(readYamlFields(`a: ${block('x: y\n\n  z')}\nb: |\n  x\n`)).toEqual({ a: 'x: y\n\n  z', b: 'x\n' })
  for (const yaml of ['a', 'a: "b', "a: 'b", 'a: [x', 'a: b\n  c', '- a', ': x'])
    expect(readYamlFields(yaml), yaml).toBeNull()
})

test('objects of PowerShell that hold no events, or are not one below the other, say what to do', async () => {
  const open = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'
  expect(await itemsOf('clixml', `${open}<Obj RefId="0"></Obj></Objs>`)).toEqual([
    expect.stringContaining('Get-WinEvent … | Export-Clixml FILE'),
  ])
  const cut = `${open}\n  <Obj RefId="0">\n    <Props>\n  <Obj RefId="1">\n    <Props>\n      <S N="a">_x0041__x_</S>\n    </Props>\n  </Obj>\n</Objs>`
  expect(await itemsOf('clixml', cut)).toEqual([
    'the object has no end before the next one begins',
    { a: 'A_x_' },
  ])
})

const wevtutil = (number: number, text: string) =>
  `Event[${number}]:\r\n${['Security', 'x', '2024-03-01T08:15:39.571', '4688', ...'abcdef', 'ws01']
    .map((value) => `  label: ${value}\r\n`)
    .join('')}  Description: \r\n${text}\r\n\r\n`

test('a command line that looks like the next event of wevtutil is told by what follows it alone', async () => {
  const items = await itemsOf('wevtutil-text', wevtutil(0, 'a\nEvent[1]: x\n b') + wevtutil(1, 'c'))
  expect(items).toEqual([
    expect.objectContaining({ Computer: 'ws01', Description: 'a\nEvent[1]: x\n b' }),
    expect.objectContaining({ Description: 'c' }),
  ])
})

test.each([[[7]], [[0, 1]], [[1, 2, 0]]])(
  'whole events of wevtutil in a command line, numbered %j, are its text',
  async (numbers) => {
    const forged = numbers.map((number) => wevtutil(number, 'forged')).join('')
    const file = wevtutil(3, 'a') + wevtutil(4, `b\n${forged}`) + wevtutil(5, 'c')
    expect(await itemsOf('wevtutil-text', file)).toEqual([
      expect.objectContaining({ Description: 'a' }),
      expect.objectContaining({ Description: expect.stringMatching(/^b\nEvent.*forged$/s) }),
      expect.objectContaining({ Description: 'c' }),
    ])
  },
)

test.each([
  ['one export behind another', [0, 1, 2, 0, 1, 2, 3, 0]],
  ['events that somebody chose', [4, 9, 2, 11]],
  ['events in long texts', [0, 7, 1]],
])('no event of wevtutil is lost where they are not numbered in a row: %s', async (what, numbers) => {
  const text = what.endsWith('texts') ? 'x'.repeat(70_000) : 'x'
  const items = await itemsOf('wevtutil-text', numbers.map((number) => wevtutil(number, text)).join(''))
  expect(items).toEqual(numbers.map(() => expect.objectContaining({ Description: text })))
})

test.each(FUZZ_SOURCES)(
  'any split of the bytes of $name gives the same records',
  async ({ kind, ...source }) => {
    const file = source.head + source.records.join('') + source.tail
    const whole = contents(await collect(parseFile({ kind }, pieces(file))))
    expect(whole).toEqual(source.records.map(() => expect.any(Object)))
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(sizes, async (split) => {
        expect(contents(await collect(parseFile({ kind }, pieces(file, split))))).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  },
)
