import { ExpectedError } from '@/lib/errors'

type Item = { id: string; version: number }

/** What became of each item; `done` with the version each has now. */
export type BulkResult = { done: Item[]; failed: { id: string; message: string }[] }

const MAX_ITEMS = 500

/**
 * Does the same to several deviations, each in a transaction of its own: one that somebody else changed does not hold up the others.
 * @throws ExpectedError 'invalid-input' for too many; the first failure where every item failed
 */
export async function inBulk<T extends Item>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<BulkResult> {
  if (items.length > MAX_ITEMS)
    throw new ExpectedError('invalid-input', `At most ${MAX_ITEMS} deviations can be changed at once.`)
  const result: BulkResult = { done: [], failed: [] }
  let failure: unknown = null
  for (const item of items) {
    try {
      await work(item)
      result.done.push({ id: item.id, version: item.version + 1 })
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error
      failure ??= error
      result.failed.push({ id: item.id, message: error.message })
    }
  }
  if (failure !== null && result.done.length === 0) throw failure
  return result
}
