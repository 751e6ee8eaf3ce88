import { expect, test } from 'vitest'
import type { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import { beginningWords, type Transfer } from './transfer'

const CHOSEN: Transfer = {
  key: 1,
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
