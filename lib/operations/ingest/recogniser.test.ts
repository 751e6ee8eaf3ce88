import { expect, test } from 'vitest'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { toRecogniser } from './recogniser'

const recognise = toRecogniser(
  CATALOGUE.map((entry, index) => ({
    ...entry,
    id: index + 1,
    enabled: entry.tier === 'baseline',
    retired: false,
  })),
)

test('a binary that is off is counted where its command line makes it run other code, and nowhere else', () => {
  const conhost = { image: 'C:\\Windows\\System32\\conhost.exe', originalFileName: 'CONHOST.EXE' }
  expect(recognise({ ...conhost, commandLine: 'conhost.exe 0x4' }).entryId).toBeNull()
  expect(
    recognise({ ...conhost, commandLine: 'conhost.exe C:\\Users\\Public\\a.exe' }).entryId,
  ).not.toBeNull()
  expect(recognise({ ...conhost, commandLine: null }).entryId).toBeNull()
})
