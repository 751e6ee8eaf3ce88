import { expect, test } from 'vitest'
import type { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import {
  beginningWords,
  byDrop,
  CANCELLED,
  folderOf,
  inOrderOfNews,
  type Transfer,
  totalsOf,
} from './transfer'

const CHOSEN: Transfer = {
  key: 1,
  drop: 1,
  name: 'log.evtx',
  sizeBytes: 5_000_000_000,
  sentBytes: 0,
  phase: 'sending',
  waitsFor: null,
  uploadId: null,
  status: null,
  error: null,
}
const reading = (status: Pick<UploadStatus, 'state' | 'readBytes' | 'records'>): Transfer => ({
  ...CHOSEN,
  phase: 'reading',
  uploadId: 'a',
  sentBytes: CHOSEN.sizeBytes,
  status: {
    id: 'a',
    name: CHOSEN.name,
    error: null,
    sizeBytes: CHOSEN.sizeBytes,
    receivedBytes: CHOSEN.sizeBytes,
    processes: 0,
    executions: 0,
    executionsDuplicate: 0,
    rejected: 0,
    damaged: 0,
    hostless: 0,
    lost: 0,
    filesTotal: 0,
    files: [],
    rejections: [],
    ...status,
  },
})

test('before the first byte is on its way it is said what is waited for, and how much there is', () => {
  expect(beginningWords(CHOSEN)).toMatch(/^asks the server for room, 5\.00\sGB$/)
  expect(beginningWords({ ...CHOSEN, uploadId: 'a' })).toMatch(/^begins to send 5\.00\sGB$/)
  expect(beginningWords({ ...CHOSEN, uploadId: 'a', sentBytes: 1 })).toBeNull()
})

test('what waits to be tried again, or for its turn, is not said to go on', () => {
  expect(beginningWords({ ...CHOSEN, waitsFor: 'The connection is broken.' })).toBeNull()
  expect(beginningWords({ ...CHOSEN, phase: 'waiting' })).toBeNull()
  expect(beginningWords({ ...CHOSEN, phase: 'stopped' })).toBeNull()
  expect(beginningWords(reading({ state: 'queued', readBytes: 0, records: 0 }))).toBeNull()
})

test('before the first records are stored no share is told', () => {
  expect(beginningWords(reading({ state: 'running', readBytes: 0, records: 0 }))).toMatch(
    /^reads the first records of 5/,
  )
  expect(beginningWords(reading({ state: 'running', readBytes: 9, records: 0 }))).toBeNull()
  expect(beginningWords(reading({ state: 'running', readBytes: 0, records: 5000 }))).toBeNull()
})

test('files that were dropped together are counted for themselves, the newest drop first', () => {
  const drops = byDrop([
    { ...CHOSEN, key: 1, drop: 1, phase: 'over' },
    { ...CHOSEN, key: 2, drop: 2, phase: 'over' },
    { ...CHOSEN, key: 3, drop: 2 },
  ])
  expect(drops.map((files) => files.map(({ key }) => key))).toEqual([[2, 3], [1]])
  expect(drops.map(totalsOf)).toMatchObject([
    { files: 2, over: 1 },
    { files: 1, over: 1 },
  ])
})

test('failures come first and what waits last; what somebody cancelled is no failure', () => {
  const unread = reading({ state: 'done', readBytes: 5, records: 0 }).status
  const files: Transfer[] = [
    { ...CHOSEN, key: 1, phase: 'waiting' },
    { ...CHOSEN, key: 2, phase: 'over' },
    { ...CHOSEN, key: 3, phase: 'sending' },
    { ...CHOSEN, key: 4, phase: 'over', error: CANCELLED },
    { ...CHOSEN, key: 5, phase: 'over', error: 'No room.' },
    { ...CHOSEN, key: 6, phase: 'over', status: unread && { ...unread, damaged: 1 } },
  ]
  expect(inOrderOfNews(files).map(({ key }) => key)).toEqual([5, 6, 3, 2, 4, 1])
  expect(totalsOf(files).failed).toBe(2)
})

test('a drop is named for the folder that all of its files lie in', () => {
  expect(folderOf([{ name: 'case/a.evtx' }, { name: 'case/x/b.evtx' }])).toBe('case')
  expect(folderOf([{ name: 'case/a.evtx' }, { name: 'b.evtx' }])).toBeNull()
  expect(folderOf([{ name: 'b.evtx' }])).toBeNull()
})
