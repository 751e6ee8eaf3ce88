import { expect, test } from 'vitest'
import { orderOfDates, ordersOfColumns } from './date-order'

test('each column has the order that its own dates show', () => {
  const first = ['13/05/2018 10:00', '06/03/2018 10:00']
  const second = ['05/13/2018 10:00', '06/03/2018 10:00']
  expect(ordersOfColumns([first, second])).toEqual(['day-month', 'month-day'])
})

test('a column that shows nothing has the order of another only where they are printed alike and agree', () => {
  const silent = ['06/03/2018 10:00', '06/03/2018 10:00']
  const days = ['13/05/2018 10:00', '']
  const months = ['05/13/2018 10:00', '']
  expect(ordersOfColumns([silent, days])).toEqual(['day-month', 'day-month'])
  expect(ordersOfColumns([silent, days, months])).toEqual(['unknown', 'day-month', 'month-day'])
  expect(ordersOfColumns([['6/3/2018, 10:00:00.000 AM'], ['13/05/2018 10:00']])).toEqual([
    'unknown',
    'day-month',
  ])
})

test('dates that have the day first and second by turns show nothing, to no column', () => {
  const mixed = ['13/03/2018 10:00', '03/14/2018 10:00', '03/04/2018 10:00']
  expect(orderOfDates(mixed)).toBe('unknown')
  expect(ordersOfColumns([mixed, ['06/03/2018 10:00']])).toEqual(['unknown', 'unknown'])
  expect(ordersOfColumns([mixed, ['13/03/2018 10:00']])).toEqual(['unknown', 'day-month'])
})
