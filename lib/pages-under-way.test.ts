import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterPages, beginPage } from './pages-under-way'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Who wait for pages; those that went on, in their order. */
function waiting(names: readonly string[]): string[] {
  const gone: string[] = []
  for (const name of names) void afterPages().then(() => gone.push(name))
  return gone
}

test('where no page is being answered nobody waits', async () => {
  await afterPages()
  expect(vi.getTimerCount()).toBe(0)
})

test('who waits goes on when the last page is answered', async () => {
  const [first, second] = [beginPage(), beginPage()]
  const gone = waiting(['a', 'b'])
  first()
  await vi.advanceTimersByTimeAsync(0)
  expect(gone).toEqual([])
  second()
  await vi.advanceTimersByTimeAsync(0)
  expect(gone).toEqual(['a', 'b'])
  expect(vi.getTimerCount()).toBe(0)
})

test('a page that is never answered stops nobody: they go on in their order, however many they are no faster together', async () => {
  const end = beginPage()
  const gone = waiting(['a', 'b', 'c'])
  await vi.advanceTimersByTimeAsync(20)
  expect(gone).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(40)
  expect(gone).toEqual(['a', 'b', 'c'])
  expect(vi.getTimerCount()).toBe(0)
  end()
})
