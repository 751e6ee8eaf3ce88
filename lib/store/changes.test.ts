import { expect, test } from 'vitest'
import { ANYTHING, tellChange, watchChanges } from './changes'
import { createPool, pool } from './pool'
import { transaction } from './sql'
import { withTestDatabase } from './test-database'

const database = withTestDatabase()

/** Listens until the first word arrives, so that nothing said later is missed. */
async function watching() {
  const heard: (string | null)[] = []
  const end = watchChanges((kind) => heard.push(kind))
  const hello = async () => {
    await tellChange(pool(), 'hello')
    return heard
  }
  await expect.poll(hello).toContain('hello')
  heard.length = 0
  return { heard, end }
}

test('what another process changes is heard of once its transaction commits, and not when it does not', async () => {
  const { heard, end } = await watching()
  const other = createPool(database().appUrl)
  await transaction(other, (client) => tellChange(client, 'deviation'))
  await expect.poll(() => heard).toContain('deviation')
  const broken = transaction(other, async (client) => {
    await tellChange(client, 'decision')
    throw new Error('no')
  })
  await expect(broken).rejects.toThrow('no')
  await tellChange(other, 'later')
  await expect.poll(() => heard).toContain('later')
  expect(heard).not.toContain('decision')
  await other.end()
  end()
})

test('after the connection broke, whoever watches is told that anything may have changed', async () => {
  const { heard, end } = await watching()
  await database().refuse(true)
  await database().refuse(false)
  await expect.poll(() => heard).toContain(ANYTHING)
  await tellChange(pool(), 'deviation')
  await expect.poll(() => heard).toContain('deviation')
  end()
})
