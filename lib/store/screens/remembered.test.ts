import { expect, test, vi } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { noteComputed, remembered } from './remembered'

const ALWAYS = 0
withTestDatabase()

/** Something that is worked out slowly, and how often it was. */
function slowThing(name: string) {
  let times = 0
  const ask = (sight: Scope = { kind: 'all' }) =>
    remembered(name, sight, null, async () => ({ times: ++times }), ALWAYS)
  return { ask, times: () => times }
}

test('as long as nothing is computed, what took long is worked out once, for all who ask at once too', async () => {
  const { ask } = slowThing('once')
  const first = await Promise.all([ask(), ask(), ask()])
  expect([...first, await ask()].map(({ value, at }) => [value.times, at])).toEqual([
    [1, null],
    [1, null],
    [1, null],
    [1, null],
  ])
})
test('once something is computed the old answer says how old it is, and the next one is new', async () => {
  const { ask, times } = slowThing('old')
  await ask()
  await noteComputed(pool())
  const old = await ask()
  expect(old.value).toEqual({ times: 1 })
  expect(old.at).toEqual(expect.any(Number))
  await vi.waitUntil(async () => (await ask()).at === null)
  expect(times()).toBe(2)
  expect((await ask()).value).toEqual({ times: 2 })
})
test('what was worked out by a clock that was put back since is worked out anew, and nobody’s claim of then holds it up', async () => {
  const { ask, times } = slowThing('clock')
  await ask()
  await noteComputed(pool())
  await pool().query(
    "UPDATE remembered SET worked_out_at = now() + interval '1 day', claimed_at = now() + interval '1 day'",
  )
  await ask()
  await vi.waitUntil(async () => (await ask()).at === null)
  expect(times()).toBe(2)
})
test('whose sight it is, and everything else that is asked, tells answers apart', async () => {
  const { ask } = slowThing('sight')
  await ask({ kind: 'all' })
  expect((await ask({ kind: 'groups', groupIds: [1] })).value).toEqual({ times: 2 })
  expect((await ask({ kind: 'groups', groupIds: [2] })).value).toEqual({ times: 3 })
  expect((await ask({ kind: 'all' })).value).toEqual({ times: 1 })
})
test('whoever sees a group is answered nothing of a host that left it, or from before one came', async () => {
  await pool().query("INSERT INTO host_group (id, name) VALUES (7, 'Tills')")
  await pool().query("INSERT INTO host (id, name) VALUES (71, 'till-1'), (72, 'till-2')")
  const move = (hostId: number, groupId: number | null) =>
    groupId === null
      ? pool().query('DELETE FROM host_group_member WHERE host_id = $1', [hostId])
      : pool().query("INSERT INTO host_group_member VALUES ($1, $2, '2026-01-01')", [hostId, groupId])
  const { ask } = slowThing('moves')
  const seen = async () => (await ask({ kind: 'groups', groupIds: [7] })).value.times
  await move(71, 7)
  expect([await seen(), await seen()]).toEqual([1, 1])
  await move(72, 7)
  expect([await seen(), await seen()]).toEqual([2, 2])
  await move(71, null)
  expect([await seen(), await seen()]).toEqual([3, 3])
})
test('what is quick is never remembered', async () => {
  let times = 0
  const ask = () => remembered('quick', { kind: 'all' }, null, async () => ++times)
  await ask()
  expect(await ask()).toEqual({ value: 2, at: null })
})
test('a failure is told, and not remembered', async () => {
  const ask = (fails: boolean) =>
    remembered(
      'fails',
      { kind: 'all' },
      null,
      async () => (fails ? Promise.reject(new Error('no')) : 'yes'),
      ALWAYS,
    )
  await expect(ask(true)).rejects.toThrow('no')
  expect((await ask(false)).value).toBe('yes')
})
