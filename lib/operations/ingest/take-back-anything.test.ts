import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Draw, draw, everythingOf, type Item } from '@/lib/operations/recompute/example-events'
import { EXAMPLE_UPLOAD } from '@/lib/store/example-upload'
import { createUpload, openImportFile } from '@/lib/store/imports'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import { pool } from '@/lib/store/pool'
import { empty, everything, expectRebuiltAlike, settle, takeAll, withCatalogue } from './example-taking-back'
import { RestGatherer } from './gather-rest'
import { loadRecogniser } from './load-recogniser'

const owner = withCatalogue()

/** Stores events as the one file of an upload. Answers the upload's id. */
async function store(items: readonly Item[]): Promise<string> {
  const uploadId = await createUpload(pool(), EXAMPLE_UPLOAD)
  const file = await openImportFile(pool(), uploadId, 'test', 'json')
  const recognise = await loadRecogniser(pool())
  const rest = new RestGatherer(recognise)
  for (const { event, hostName } of items) rest.add(event, hostName)
  const times = items.map(({ event }) => event.time.us)
  await writeBatch(
    pool(),
    items.flatMap(({ event, hostName }) =>
      event.kind === 'process-creation' ? [{ event, hostName, ...recognise(event), original: '{}' }] : [],
    ),
    {
      importFileId: file.id,
      checkpoint: items.length,
      records: items.length,
      eventsByKind: {},
      rejections: [],
      firstAtUs: Math.min(...times),
      lastAtUs: Math.max(...times),
    },
    rest.take(),
  )
  await settle()
  return uploadId
}

/** Two imports that overlap, some records of one process in each. */
const twoImports = fc.record({
  draws: fc.array(draw, { minLength: 1, maxLength: 12 }),
  told: fc.array(fc.constantFrom('a', 'b', 'both'), { minLength: 5, maxLength: 60 }),
})

function split(draws: readonly Draw[], told: readonly string[]): { a: Item[]; b: Item[] } {
  const items = draws.flatMap(everythingOf)
  const of = (side: string) =>
    items.filter((_, index) => [side, 'both'].includes(told[index % told.length] ?? 'both'))
  return { a: of('a'), b: of('b') }
}

test('what is taken back leaves everything as if it had never been, and a rebuild says the same', async () => {
  await fc.assert(
    fc.asyncProperty(twoImports, async ({ draws, told }) => {
      const { a, b } = split(draws, told)
      fc.pre(a.length > 0 && b.length > 0)
      await empty(owner())
      const nothing = await everything()
      const firstB = await store(b)
      const onlyB = await everything()
      await takeAll(firstB)
      expect(await everything()).toEqual(nothing)

      const idA = await store(a)
      const onlyA = await everything()
      const idB = await store(b)
      await takeAll(idB)
      expect(await everything()).toEqual(onlyA)
      await expectRebuiltAlike()

      // what the other import told again, and is not all that this one told of a day, goes too: imported again it is back
      await store(b)
      await takeAll(idA)
      await store(b)
      expect(await everything()).toEqual(onlyB)
      await expectRebuiltAlike()
    }),
    { numRuns: 2 },
  )
}, 240_000)
