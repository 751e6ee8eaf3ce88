import { beforeAll, expect, test, vi } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { pool } from '@/lib/store/pool'
import { listUploadFiles } from '@/lib/store/screens/import-files'
import { findUpload } from '@/lib/store/screens/imports'
import { findTakingBack } from '@/lib/store/screens/jobs'
import { findReadAgains } from '@/lib/store/screens/read-agains'
import { withTestDatabase } from '@/lib/store/test-database'
import { removeUnreadChunks } from '@/lib/store/upload-chunks'
import { ADMIN, takeAll } from './example-taking-back'
import { readAgain } from './read-again'
import { readUploads } from './read-uploads'
import { receiveUpload } from './receive-upload'

const ALL = { scope: ADMIN.scope, actorId: null }
withTestDatabase()

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent')
  await ensureCatalogue(pool())
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Sends a file and has it read. */
async function read(name: string, bytes: Buffer, dateOrder: 'dmy' | 'mdy' | null = null): Promise<string> {
  const id = await receiveUpload(ADMIN, { name, sizeBytes: null, hostOverride: null, dateOrder }, once(bytes))
  await readUploads(pool(), () => false)
  return id
}

/** Days on which anything ran. */
async function days(): Promise<string[]> {
  const { rows } = await pool().query(
    "SELECT DISTINCT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM execution ORDER BY 1",
  )
  return rows.map(({ day }) => day)
}

const TABLE = Buffer.from(
  'EventID,Computer,TimeCreated,NewProcessName\n4688,ws01,06/03/2018 08:15:39,C:\\Windows\\System32\\certutil.exe\n',
)

test('a file that was read with the wrong order of dates is taken back, and read again with the right one', async () => {
  const wrong = await read('table.csv', TABLE, 'mdy')
  expect(await days()).toEqual(['2018-06-03'])
  const right = { uploadId: wrong, host: null, dateOrder: 'dmy' } as const
  await expect(readAgain(ADMIN, right)).rejects.toThrow(/taken back first/)
  await takeAll(wrong)
  const again = await readAgain(ADMIN, right)
  await readUploads(pool(), () => false)
  expect(await findUpload(ALL, again)).toMatchObject({ state: 'done', dateOrder: 'dmy', executions: 1 })
  expect(await days()).toEqual(['2018-03-06'])
  await takeAll(again)
})

test('an import and what read it again lead to each other, for whoever sees both; who took it back, when and why is said', async () => {
  const first = await read('twice.csv', TABLE, 'dmy')
  await takeAll(first, 'the wrong log')
  const said = { actorName: ADMIN.name, reason: 'the wrong log', atUs: expect.any(Number) }
  expect(await findTakingBack(first)).toMatchObject(said)
  const again = await readAgain(ADMIN, { uploadId: first, host: null })
  await readUploads(pool(), () => false)
  const named = (id: string, shownState: string) => ({ id, name: 'twice.csv', shownState })
  expect(await findReadAgains(ALL, first)).toEqual({ from: null, as: named(again, 'done') })
  expect(await findReadAgains(ALL, again)).toEqual({ from: named(first, 'taken-back'), as: null })
  const stranger = { scope: { kind: 'groups', groupIds: [] }, actorId: null } as const
  expect(await findReadAgains(stranger, again)).toEqual({ from: null, as: null })
  await takeAll(again)
})

test('files of an import that is taken back say so', async () => {
  const id = await read('files.csv', TABLE)
  const request = {
    page: 1,
    pageSize: 10,
    after: null,
    sort: 'path',
    descending: false,
    q: '',
    filters: {},
  } as const
  const takenBack = async () => (await listUploadFiles(ALL, id, request)).rows.map((row) => row.takenBack)
  expect(await takenBack()).toEqual([false])
  await takeAll(id)
  expect(await takenBack()).toEqual([true])
})

test('what went with another import is read again as it was', async () => {
  const records = (from: number, to: number) => asLines(processes(from, to).map(sysmonRecord))
  const wrong = await read('wrong.ndjson', records(0, 10))
  const right = await read('right.ndjson', records(5, 15))
  await takeAll(wrong)
  expect(await findUpload(ALL, right)).toMatchObject({ lost: 5, kept: true })
  const again = await readAgain(ADMIN, { uploadId: right, host: null })
  await readUploads(pool(), () => false)
  expect(await findUpload(ALL, again)).toMatchObject({ executions: 5, executionsDuplicate: 5 })
  expect(await findUpload(ALL, right)).toMatchObject({ lost: 0 })
})

test('bytes of what was read go after a day, as is said before', async () => {
  const id = await read('old.csv', TABLE)
  const upload = await findUpload(ALL, id)
  expect(upload).toMatchObject({ kept: true, keptUntilUs: (upload?.finishedAtUs ?? 0) + 86_400_000_000 })
  await pool().query("UPDATE upload SET finished_at = now() - interval '25 hours' WHERE id = $1", [id])
  await removeUnreadChunks(pool())
  expect(await findUpload(ALL, id)).toMatchObject({ kept: false })
  await expect(readAgain(ADMIN, { uploadId: id, host: null })).rejects.toThrow(/no longer kept/)
})
