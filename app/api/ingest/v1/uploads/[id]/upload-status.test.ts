import { expect, test } from 'vitest'
import { FILE_STATES, type FileRow } from '@/lib/store/screens/import-files'
import type { UploadDetail } from '@/lib/store/screens/imports'
import { toUploadStatus } from './upload-status'

const COUNTS = { records: 2, executions: 0, executionsDuplicate: 0, rejected: 2, damaged: 0 }
const UPLOAD = {
  ...COUNTS,
  id: 'b6a7c1d2-3e4f-4a5b-8c6d-7e8f9a0b1c2d',
  name: 'torn.ndjson',
  state: 'done',
  error: null,
  sizeBytes: 20,
  receivedBytes: 20,
  readBytes: 20,
  processes: 0,
  hostless: 0,
  lost: 0,
  files: 1,
} as UploadDetail

test.each(FILE_STATES)('a file that pages show as %s is told to whoever sent it', (state) => {
  const file = {
    ...COUNTS,
    path: 'torn.ndjson',
    format: null,
    state: state === 'unread' ? 'done' : state,
    shownState: state,
    error: null,
    eventsByKind: {},
    eventsKept: {},
    eventsDuplicate: {},
  } as unknown as FileRow
  const [told] = toUploadStatus(UPLOAD, [file], []).files
  expect(told?.state).toBe(state === 'unread' ? 'done' : state)
})
