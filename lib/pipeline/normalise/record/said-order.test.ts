import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { collect, pieces } from '@/fixtures/pieces'
import { detectFormat } from '@/lib/pipeline/parse/detect-format'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { toEvent } from './to-event'

const [, MESSAGE = ''] =
  /Process Creation,"([^"]*)"/.exec(readFileSync('fixtures/event-viewer/undated.csv', 'utf8')) ?? []

const DIALECTS = {
  table: {
    header: 'EventID,Computer,TimeCreated,NewProcessName',
    row: (date: string) => `4688,ws01,${date},C:\\Windows\\System32\\certutil.exe`,
  },
  'table of Event Viewer': {
    header: 'Keywords,Date and Time,Source,Event ID,Task Category',
    row: (date: string) =>
      `Audit Success,${date},Microsoft Windows security auditing.,4688,Process Creation,"${MESSAGE}"`,
  },
}

/** Days that records of these dates are kept under, or why they are not. */
async function daysOf(name: keyof typeof DIALECTS, dates: readonly string[], dateOrder?: 'dmy' | 'mdy') {
  const { header, row } = DIALECTS[name]
  const file = Buffer.from(`${[header, ...dates.map(row)].join('\n')}\n`)
  const items = await collect(
    parseFile(detectFormat(file), pieces(file), { ...(dateOrder && { dateOrder }) }),
  )
  return items.map((item) => {
    const result = item.kind === 'record' ? toEvent(item.record, { defaultHost: 'ws01' }) : item
    return result.kind === 'rejection'
      ? result.rejection.reason
      : new Date(result.event.time.us / 1000).toISOString().slice(0, 10)
  })
}

describe.each(Object.keys(DIALECTS) as (keyof typeof DIALECTS)[])('a %s', (name) => {
  test('whose dates tell nothing is rejected with what says it', async () => {
    const [reason] = await daysOf(name, ['06/03/2018 08:15:39'])
    expect(reason).toMatch(
      /^nothing shows if "06\/03\/2018 08:15:39" has the day or the month first: say which \(/,
    )
    expect(reason).toContain('--date-order dmy or mdy')
    expect(reason).toContain('dateOrder=dmy')
  })

  test('has the days of the order that was said', async () => {
    const dates = ['06/03/2018 08:15:39', '07-03-2018 08:15:39', '3/4/2018 8:15:39 AM']
    expect(await daysOf(name, dates, 'dmy')).toEqual(['2018-03-06', '2018-03-07', '2018-04-03'])
    expect(await daysOf(name, dates, 'mdy')).toEqual(['2018-06-03', '2018-07-03', '2018-03-04'])
  })

  test('keeps the order that was said where its dates only look like another', async () => {
    // in order of time if months came first
    const dates = [5, 2, 6, 1, 4, 3].map((day, before) => `0${before + 1}/0${day}/2018 08:15:39`)
    expect((await daysOf(name, dates)).at(0)).toBe('2018-01-05')
    expect((await daysOf(name, dates, 'dmy')).at(0)).toBe('2018-05-01')
  })

  test.each([
    ['dmy', '06/13/2018 08:15:39', 'day before month (dmy)'],
    ['mdy', '13/06/2018 08:15:39', 'month before day (mdy)'],
    ['mdy', '06.03.2018 08:15:39', 'month before day (mdy)'],
  ] as const)('is rejected as a whole where the order %s is none of %s', async (order, other, words) => {
    const reasons = await daysOf(name, ['06/03/2018 08:15:39', other], order)
    const reason = `dates of this file are not ${words}, as its import was told; this one is`
    expect(reasons[0]).toContain(`${reason} "06/03/2018 08:15:39"`)
    expect(reasons[1]).toContain(`${reason} "${other}"`)
  })

  test('is read up to the first date that the said order makes none of, behind its first rows', async () => {
    const many = Array.from({ length: 1500 }, () => '06/03/2018 08:15:39')
    const days = await daysOf(name, [...many, '06/13/2018 08:15:39', '06/03/2018 08:15:39'], 'dmy')
    expect(days[0]).toBe('2018-03-06')
    expect(days[1500]).toMatch(/^dates of this file are not day before month \(dmy\)/)
    expect(days[1501]).toBe(days[1500]?.replace('06/13', '06/03'))
  })

  test('with dates that need no order has them whatever was said', async () => {
    for (const order of ['dmy', 'mdy'] as const)
      expect(await daysOf(name, ['2018-03-06 08:15:39', '2018-03-13 08:15:39'], order)).toEqual([
        '2018-03-06',
        '2018-03-13',
      ])
  })
})

test('what one column shows wrong holds for those that are printed alike', async () => {
  const file =
    'TimeGenerated,Timestamp,EventType,Dvc,TargetProcessName\n06/03/2018 08:15,06/13/2018 08:15,ProcessCreated,ws01,a.exe\n'
  const items = await collect(parseFile({ kind: 'csv' }, pieces(file), { dateOrder: 'dmy' }))
  const [item] = items
  const result = item?.kind === 'record' ? toEvent(item.record, { defaultHost: null }) : null
  expect(result).toMatchObject({
    kind: 'rejection',
    rejection: { reason: expect.stringMatching(/^dates of this file are not day before month/) },
  })
})
