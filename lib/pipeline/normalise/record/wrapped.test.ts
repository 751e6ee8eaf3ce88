import { expect, test } from 'vitest'
import { recordOfText } from './wrapped'

test('a text of JSON is a record unless it is nested deeper than records may be, whatever brackets its own texts have', () => {
  const nested = (levels: number) => `{"EventID":1,"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
  expect(recordOfText(nested(63))).toMatchObject({ EventID: 1 })
  expect(recordOfText(nested(64))).toBeNull()
  expect(recordOfText(nested(200_000))).toBeNull()
  const script = JSON.stringify({ EventID: 4104, ScriptBlockText: '{[('.repeat(5000) })
  expect(recordOfText(script)).toEqual(JSON.parse(script))
})

const XML =
  "<Event xmlns='x'><System><Provider Name='{P} \"{'/><EventID>1</EventID></System><EventData><Data Name='Note'>{ \"a</Data></EventData></Event>"
const JSON_TEXT = '{"EventID":1,"Note":"<Event ><System>"}'
const HEADERS = [
  '<13>Mar  1 08:15:39 host ',
  'Mar  1 08:15:39 host nx: ',
  '2024-03-01 08:15:39 host ',
  '<14>',
]

test.each([XML, JSON_TEXT])(
  '%s is the same record behind any header, and before what programs write behind it',
  (text) => {
    const record = recordOfText(text)
    expect(record).not.toBeNull()
    for (const header of HEADERS) expect(recordOfText(`${header}${text}`)).toEqual(record)
    for (const end of ['\0', '\r\n', ' \n\0']) expect(recordOfText(`${text}${end}`)).toEqual(record)
  },
)

test('one event in a list is that event, of several none is', () => {
  expect(recordOfText(`<?xml version="1.0"?>\n<Events>${XML}</Events>`)).toEqual(recordOfText(XML))
  expect(recordOfText(`<Events>${XML}${XML}</Events>`)).toBeNull()
  expect(recordOfText(`${JSON_TEXT},`)).toEqual(JSON.parse(JSON_TEXT))
})

test('what a text quotes without a header is not its record', () => {
  for (const text of [XML, JSON_TEXT]) expect(recordOfText(`somebody wrote: ${text}`)).toBeNull()
})
