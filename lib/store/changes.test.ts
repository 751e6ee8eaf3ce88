import { expect, test, vi } from 'vitest'
import { ANYTHING, tellChange, watchChanges } from './changes'
import { createPool, pool } from './pool'
import { transaction } from './sql'
import { withTestDatabase } from './test-database'

const database = withTestDatabase()

/** Listens until the first word arrives, so that nothing said later is missed. */
async function watching() {
  const heard: (string | null)[] = []
  const end = watchChanges((kind) => heard.push(kind))
  await vi.waitUntil(async () => {
    await tellChange(pool(), 'hello')
    return heard.length > 0
  })
  heard.length = 0
  return { heard, end }
}

test('what another process changes is heard of once its transaction commits, and not when it does not', async () => {
  const { heard, end } = await watching()
  const other = createPool(database().appUrl)
  await transaction(other, (client) => tellChange(client, 'deviation'))
  await vi.waitFor(() => expect(heard).toContain('deviation'))
  const broken = transaction(other, async (client) => {
    await tellChange(client, 'decision')
    throw new Error('no')
  })
  await expect(broken).rejects.toThrow('no')
  await tellChange(other, 'later')
  await vi.waitFor(() => expect(heard).toContain('later'))
  expect(heard).not.toContain('decision')
  await other.end()
  end()
})

test('after the connection broke, whoever watches is told that anything may have changed', async () => {
  const { heard, end } = await watching()
  await database().refuse(true)
  await database().refuse(false)
  await vi.waitFor(() => expect(heard).toContain(ANYTHING), { timeout: 20_000 })
  await tellChange(pool(), 'deviation')
  await vi.waitFor(() => expect(heard).toContain('deviation'))
  end()
})
