import { beforeAll, expect, test } from 'vitest'
import { resolveHosts } from './hosts'
import { findHostsByName } from './hosts-by-name'
import { pool } from './pool'
import { withTestDatabase } from './test-database'

withTestDatabase()
beforeAll(() => resolveHosts(pool(), ['it001.corp.example', 'web.one.example', 'web.two.example']))

test('a host is found by its name as lists show it, without its domain, unless several are called so', async () => {
  const find = (...names: string[]) => findHostsByName({ kind: 'all' }, names)
  const whole = await find('IT001.corp.example')
  expect(await find('IT001')).toEqual({ ...whole, byName: new Map([['it001', whole.ids[0]]]) })
  expect(whole.ids).toHaveLength(1)
  expect((await find('web', 'it', 'it001.other')).unknown).toEqual(['web', 'it', 'it001.other'])
  expect(await findHostsByName({ kind: 'groups', groupIds: [] }, ['it001'])).toMatchObject({
    unknown: ['it001'],
  })
})
