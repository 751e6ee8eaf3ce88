import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { withTestDatabase } from '@/lib/store/test-database'
import { nameLinks } from './named-links'

const ALL: Scope = { kind: 'all' }
const NONE: Scope = { kind: 'groups', groupIds: [] }
const NOTHING = { kindsOfUse: [], signatureIds: [], patterns: [], deviationIds: [], importFileIds: [] }

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await storeCreations([{ ...EXAMPLE_CREATION, recordKey: 'a' }])
  await pool().query(`
    INSERT INTO pattern SELECT n, id, 'rundll32 tool.dll,' || n, 'x' FROM catalogue_entry, generate_series(1, 2) n WHERE slug = 'rundll32.exe';
    INSERT INTO signature SELECT n, id, n, '{}', '{"features":{"parent":"svchost.exe @ system (schedule)"}}', 0
      FROM catalogue_entry, generate_series(1, 2) n WHERE slug = 'rundll32.exe';
    INSERT INTO usage SELECT h.id, '2026-01-05', s.id, 0, s.entry_id, 512, now(), now(), 1, 9000, 0, 0, false, true, true, ''
      FROM host h, signature s WHERE s.id IN (1, 2);
    INSERT INTO deviation (id, entry_id, title) SELECT -5, id, 'rundll32 odd.dll,Go' FROM catalogue_entry WHERE slug = 'rundll32.exe';
    INSERT INTO deviation_hit SELECT h.id, '2026-01-05', -5, 1, 0, 9000, 0, 0, 0, 0, 1, now(), now(), '[]' FROM host h`)
})

test('what a link put into the address by number is told in words: parent and pattern, or how many', async () => {
  expect((await nameLinks(ALL, { ...NOTHING, signatureIds: ['1'] })).use).toBe(
    'svchost.exe (schedule) › rundll32 tool.dll,1',
  )
  expect((await nameLinks(ALL, { ...NOTHING, signatureIds: ['1', '2'] })).use).toBe(
    'svchost.exe (schedule) › 2 command patterns',
  )
  const { patterns, deviations, files } = await nameLinks(ALL, {
    ...NOTHING,
    patterns: ['2', 'part of one'],
    deviationIds: ['-5'],
    importFileIds: [1],
  })
  expect(patterns).toEqual({ 2: 'rundll32 tool.dll,2' })
  expect(deviations).toEqual({ '-5': 'rundll32 odd.dll,Go' })
  expect(files).toEqual({ 1: 'test.evtx' })
})

test('a use that nobody recorded is said not to be on record, and nothing is said where none is asked for', async () => {
  expect((await nameLinks(ALL, { ...NOTHING, signatureIds: ['77'] })).use).toBe('not on record')
  expect((await nameLinks(ALL, NOTHING)).use).toBeNull()
})

test('nothing is named to somebody who sees none of its hosts', async () => {
  const asked = {
    kindsOfUse: [],
    signatureIds: ['1'],
    patterns: ['1'],
    deviationIds: ['-5'],
    importFileIds: [1],
  }
  expect(await nameLinks(NONE, asked)).toEqual({
    use: 'not on record',
    patterns: {},
    deviations: {},
    files: {},
  })
})
