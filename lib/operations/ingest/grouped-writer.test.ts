import { expect, test } from 'vitest'
import type { TakenBatch } from './batch'
import { GroupedWriter } from './grouped-writer'

function batch(records: number, importFileId = 1): TakenBatch {
  return {
    creations: [],
    characters: records * 100,
    rest: { following: [], attempts: [], policies: [], telemetry: [] },
    receipt: {
      importFileId,
      checkpoint: 0,
      records,
      eventsByKind: {},
      rejections: [],
      firstAtUs: null,
      lastAtUs: null,
    },
  }
}

/** A writer whose transactions wait until they are let go. */
function heldWriter(isBad: (one: TakenBatch) => boolean = () => false) {
  const groups: number[][] = []
  const holds: (() => void)[] = []
  const writer = new GroupedWriter(
    (work) => work(),
    async (batches) => {
      groups.push(batches.map(({ receipt }) => receipt.records))
      await new Promise<void>((resolve) => holds.push(resolve))
      if (batches.some(isBad)) throw new Error('bad')
      return batches.map(({ receipt }) => ({ executions: receipt.records, duplicates: 0, refused: [] }))
    },
  )
  const letGo = async () => {
    for (let idle = 0; idle < 3; idle++) {
      for (const hold of holds.splice(0)) {
        idle = 0
        hold()
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { writer, groups, letGo }
}

test('what comes while one is written is written together, and each gets its own answer', async () => {
  const { writer, groups, letGo } = heldWriter()
  const writes = [1, 2, 3, 4].map((records) => writer.write(batch(records)))
  await letGo()
  expect(await Promise.all(writes)).toEqual(
    [1, 2, 3, 4].map((executions) => ({ executions, duplicates: 0, refused: [] })),
  )
  expect(groups).toEqual([[1], [2, 3, 4]])
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

test('files are written apart, and what fills a transaction does not wait for another', async () => {
  const { writer, groups, letGo } = heldWriter()
  const writes = [batch(10), batch(20, 2), batch(3_000), batch(2_500)].map((one) => writer.write(one))
  expect(groups).toEqual([[10], [20], [3_000]])
  await letGo()
  await Promise.all(writes)
  expect(groups).toEqual([[10], [20], [3_000], [2_500]])
})

test('as many as fit are written together in their order, and what fits no transaction alone', async () => {
  const { writer, groups, letGo } = heldWriter()
  const sizes = [1, ...Array<number>(4_000).fill(1), 998, 1, 1, 6_000, 4_000, 1_000, 7]
  const writes = sizes.map((records) => writer.write(batch(records)))
  await letGo()
  await Promise.all(writes)
  expect(groups.flat()).toEqual(sizes)
  expect(groups.map((group) => [group.length, sum(group)])).toEqual([
    [1, 1],
    [4_002, 4_999],
    [1, 1],
    [1, 6_000],
    [1, 4_000],
    [2, 1_007],
  ])
})

test('one that cannot be written fails alone', async () => {
  const { writer, letGo } = heldWriter(({ receipt }) => receipt.records === 13)
  const writes = [1, 12, 13, 14].map((records) => writer.write(batch(records)))
  const settled = Promise.allSettled(writes)
  await letGo()
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  const after = writer.write(batch(1))
  await letGo()
  expect(await after).toEqual({ executions: 1, duplicates: 0, refused: [] })
})
