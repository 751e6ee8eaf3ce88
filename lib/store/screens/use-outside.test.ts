import { beforeAll, expect, test } from 'vitest'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { withTestDatabase } from '@/lib/store/test-database'
import { findUseOutside, spanOutside } from './use-outside'

const ALL = { kind: 'all' } as const
const WINDOW = { from: '2026-03-01', to: '2026-03-30' }
let entryId: number
const view = () => ({ entryId, window: WINDOW, host: null, group: null })

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await storeCreations([
    { ...EXAMPLE_CREATION, recordKey: 'a', host: 'old-1' },
    { ...EXAMPLE_CREATION, recordKey: 'b', host: 'new-1' },
  ])
  const { rows } = await pool().query("SELECT id FROM catalogue_entry WHERE slug = 'rundll32.exe'")
  entryId = rows[0].id
  await pool().query(
    `INSERT INTO signature SELECT 1, ${entryId}, NULL, '{}', '{}', 0;
     INSERT INTO usage SELECT h.id, d::date, 1, 0, ${entryId}, 512, now(), now(), 1, 0, 0, 0, true, false, true, ''
       FROM host h, (VALUES ('old-1', '2019-03-04'), ('old-1', '2019-03-09'), ('old-1', '2026-03-05'), ('new-1', '2026-04-02')) v(name, d)
       WHERE h.name = v.name`,
  )
})

test('what a period leaves out is named by the days nearest to it', async () => {
  expect(await findUseOutside(ALL, view())).toEqual({ before: '2019-03-09', after: '2026-04-02' })
  expect(await findUseOutside(ALL, { ...view(), host: 'old-1' })).toEqual({
    before: '2019-03-09',
    after: null,
  })
  expect(await findUseOutside(ALL, { ...view(), entryId: entryId + 1 })).toEqual({
    before: null,
    after: null,
  })
})

test('nobody is told of days on which only hosts out of their sight ran it', async () => {
  const scope = { kind: 'groups', groupIds: [] } as const
  expect(await findUseOutside(scope, view())).toEqual({ before: null, after: null })
})

test('data on both sides of a period are told of, and none where it has all', () => {
  expect(spanOutside({ from: '2016-01-01', to: '2026-04-02' }, WINDOW)).toEqual({
    before: '2016-01-01',
    after: '2026-04-02',
  })
  expect(spanOutside(WINDOW, WINDOW)).toEqual({ before: null, after: null })
})
