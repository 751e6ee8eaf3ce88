import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Scope, systemActor } from '@/lib/pipeline/actor'
import { appendAudit } from '@/lib/store/audit'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { withTestDatabase } from '@/lib/store/test-database'
import { judgedOf, noteComputed, remembered } from './remembered'

const ALWAYS = 0
withTestDatabase()

/** Something that is worked out slowly, and how often it was; while it fails, it is not. */
function slowThing(name: string) {
  let times = 0
  let isFailing = false
  const workOut = async () => (isFailing ? Promise.reject(new Error('no')) : { times: ++times })
  return {
    ask: (sight: Scope = { kind: 'all' }) => remembered(name, sight, null, workOut, { slowMs: ALWAYS }),
    times: () => times,
    fail: (fails: boolean) => {
      isFailing = fails
    },
  }
}

/** Changes what is remembered while an asker already waits for it, by a lock. */
async function changeMeanwhile(lock: string, ask: () => Promise<unknown>, change: string): Promise<void> {
  const waiting = `SELECT FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = 'remembered'::regclass AND (locktype = 'tuple' OR NOT granted)`
  const other = await pool().connect()
  try {
    await other.query(`BEGIN; ${lock}`)
    const asked = ask()
    await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(1)
    await other.query(`${change}; COMMIT`)
    await asked
  } finally {
    other.release(true)
  }
}

/** As if everything had been worked out so much earlier, and whoever tried again since as well. */
async function letPass(time: string): Promise<void> {
  await pool().query(
    'UPDATE remembered SET worked_out_at = worked_out_at - $1::interval, claimed_at = claimed_at - $1::interval',
    [time],
  )
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
  await expect.poll(async () => (await ask()).at).toBeNull()
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
  await expect.poll(async () => (await ask()).at).toBeNull()
  expect(times()).toBe(2)
})
test('what was worked out while somebody waited to ask is not of a time to come for them', async () => {
  const [thing, behind] = [slowThing('meanwhile'), slowThing('behind')]
  await behind.ask()
  await noteComputed(pool())
  await thing.ask()
  await changeMeanwhile(
    'LOCK remembered',
    thing.ask,
    'UPDATE remembered SET worked_out_at = clock_timestamp() WHERE revision = (SELECT last_value FROM computed_revision)',
  )
  // things are worked out anew one after the other
  await expect.poll(async () => (await behind.ask()).at).toBeNull()
  expect(thing.times()).toBe(1)
})
test('what another server began to work out while this one waited to is left to it', async () => {
  const [thing, behind] = [slowThing('claimed'), slowThing('behind it')]
  await behind.ask()
  await thing.ask()
  await noteComputed(pool())
  // what took a while is left as it is for a while
  await letPass('1 second')
  const its = 'WHERE asked_at = (SELECT max(asked_at) FROM remembered)'
  await changeMeanwhile(
    `SELECT FROM remembered ${its} FOR UPDATE`,
    thing.ask,
    `UPDATE remembered SET claimed_at = clock_timestamp() ${its}`,
  )
  await expect.poll(async () => (await behind.ask()).at).toBeNull()
  expect(thing.times()).toBe(1)
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
test('behind pages, however many there are, one thing is worked out anew at a time, each once for all who asked', async () => {
  let [running, most] = [0, 0]
  const done: number[] = []
  const things = Array.from({ length: 4 }, (_, at) => {
    const workOut = async () => {
      most = Math.max(most, ++running)
      await pool().query('SELECT')
      running--
      return done.push(at)
    }
    return () => remembered('turns', { kind: 'all' }, at, workOut, { slowMs: ALWAYS })
  })
  for (const ask of things) await ask()
  most = 0
  await noteComputed(pool())
  await Promise.all([...things, ...things, ...things].map((ask) => ask()))
  const ages = async () => (await Promise.all(things.map((ask) => ask()))).map(({ at }) => at)
  await expect.poll(ages).toEqual(things.map(() => null))
  expect(most).toBe(1)
  expect(done.slice(4).sort()).toEqual([0, 1, 2, 3])
})
test('what fails behind a page leaves the old answer, with its age, and is tried again', async () => {
  const { ask, times, fail } = slowThing('fails behind')
  await ask()
  await noteComputed(pool())
  fail(true)
  const old = await ask()
  expect(old).toEqual({ value: { times: 1 }, at: expect.any(Number) })
  const givenBack = "SELECT FROM remembered WHERE claimed_at < now() - interval '1 minute'"
  await expect.poll(async () => (await pool().query(givenBack)).rowCount).toBe(1)
  expect(await ask()).toEqual(old)
  fail(false)
  await letPass('1 minute')
  await expect.poll(async () => (await ask()).at).toBeNull()
  expect(times()).toBe(2)
})
test('who asks for what was worked out hours ago waits for what is so now, as far as that can be worked out', async () => {
  const { ask, fail } = slowThing('hours')
  await ask()
  await noteComputed(pool())
  await letPass('2 hours')
  fail(true)
  expect(await ask()).toEqual({ value: { times: 1 }, at: expect.any(Number) })
  fail(false)
  expect(await ask()).toEqual({ value: { times: 2 }, at: null })
})
test('what was slow once stays remembered while it takes nearly as long', async () => {
  const times: number[] = []
  const ask = () =>
    remembered('nearly', { kind: 'all' }, null, () => sleep(times.length === 0 ? 60 : 40, times.push(1)), {
      slowMs: 50,
    })
  await ask()
  await noteComputed(pool())
  await letPass('1 minute')
  await expect.poll(async () => (await ask()).at).toBeNull()
  expect((await ask()).value).toBe(2)
})
test('what counts changes of people is seen by whoever asks after one, at once, also while it is being worked out', async () => {
  let times = 0
  const waiting: (() => void)[] = []
  const asks = (holds: boolean) =>
    remembered(
      'changes',
      { kind: 'all' },
      null,
      async () => {
        const value = ++times
        if (holds) await new Promise<void>((resolve) => waiting.push(resolve))
        return value
      },
      { slowMs: ALWAYS, sees: 'changes' },
    )
  const subject = { action: 'tried', subjectKind: 'test', subjectId: '1' }
  const change = () =>
    prisma().$transaction((tx) => appendAudit(tx, systemActor('test'), subject, new Date()))
  expect((await asks(false)).value).toBe(1)
  await change()
  const before = asks(true)
  await expect.poll(() => waiting.length).toBe(1)
  await change()
  expect(await asks(false)).toEqual({ value: 3, at: null })
  for (const goOn of waiting) goOn()
  expect((await before).value).toBe(2)
  expect(await asks(false)).toEqual({ value: 3, at: null })
})
test('what is never shown old is worked out by whoever asks once anything was computed', async () => {
  let times = 0
  const ask = () =>
    remembered('never old', { kind: 'all' }, null, async () => ++times, { slowMs: ALWAYS, oldestMs: 0 })
  expect([await ask(), await ask()].map(({ value }) => value)).toEqual([1, 1])
  await noteComputed(pool())
  expect(await ask()).toEqual({ value: 2, at: null })
})
test('what was made of something old is old itself, until it is made of what is so now', async () => {
  let isOld = true
  const ask = () =>
    remembered('made of', { kind: 'all' }, null, async () => ({ isOld }), {
      slowMs: ALWAYS,
      isOld: (value) => value.isOld,
    })
  await ask()
  expect(await ask()).toEqual({ value: { isOld: true }, at: expect.any(Number) })
  isOld = false
  await letPass('1 minute')
  await expect.poll(async () => (await ask()).at).toBeNull()
  expect((await ask()).value).toEqual({ isOld: false })
})
test("what one says of an entry's deviations is part of what is asked, what is computed is not", async () => {
  const add = (id: number) =>
    pool().query("INSERT INTO deviation (id, entry_id, title) VALUES ($1, 9, 'one')", [id])
  await add(1)
  const before = await judgedOf(9)
  await add(2)
  expect(await judgedOf(9)).toBe(before)
  await pool().query(
    "UPDATE deviation SET state = 'flagged', touched = true, version = version + 1 WHERE id = 2",
  )
  expect(await judgedOf(9)).not.toBe(before)
})
test('a failure is told, and not remembered', async () => {
  const ask = (fails: boolean) =>
    remembered(
      'fails',
      { kind: 'all' },
      null,
      async () => (fails ? Promise.reject(new Error('no')) : 'yes'),
      { slowMs: ALWAYS },
    )
  await expect(ask(true)).rejects.toThrow('no')
  expect((await ask(false)).value).toBe('yes')
})
