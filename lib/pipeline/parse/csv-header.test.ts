import { expect, test } from 'vitest'
import { headerCells } from './csv-header'

test('a column of a timeline has the name that tables have for it, or its own, whatever that is', () => {
  const { cells } = headerCells('Event Time,Computer Name,Action Type,File Name,constructor')
  expect(cells).toEqual(['Timestamp', 'DeviceName', 'ActionType', 'FileName', 'constructor'])
})
