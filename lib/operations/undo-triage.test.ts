import { beforeEach, expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { recompute } from './recompute/recompute'
import { type Triage, triageDeviation } from './triage-deviation'
import { derived, forgetTriage, itemOf, judge, withTriageExamples } from './triage-examples'
import { undoTriage } from './undo-triage'

const examples = withTriageExamples()
beforeEach(forgetTriage)

test('undo restores the state, the rulings and every derived row, whatever was judged', async () => {
  const open = await derived()
  for (const judgement of [
    { to: 'expected' },
    { to: 'authorised-test', until: '2026-01-06' },
    { to: 'malicious' },
    { to: 'flagged' },
  ] as const) {
    await judge(examples().responder, 'public', judgement)
    await undoTriage(examples().responder, await itemOf('public'))
    await recompute(pool())
    expect(await derived()).toEqual(open)
    expect(await itemOf('public')).toMatchObject({ state: 'open' })
  }
})

test('undoing a reopening puts the rulings in force again', async () => {
  await judge(examples().responder, 'public', { to: 'expected' })
  const expected = await derived()
  await judge(examples().responder, 'public', { to: 'open' })
  expect(await derived()).not.toEqual(expected)
  await undoTriage(examples().responder, await itemOf('public'))
  await recompute(pool())
  expect(await derived()).toEqual(expected)
  expect(await itemOf('public')).toMatchObject({ state: 'expected' })
  await expect(undoTriage(examples().responder, await itemOf('public'))).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('of two responders who judge at once, the second is told and changes nothing', async () => {
  const read = await itemOf('scrobj')
  await triageDeviation(examples().responder, { ...read, to: 'malicious', scope: 'fleet', until: null })
  const second = triageDeviation(examples().responder, {
    ...read,
    to: 'expected',
    scope: 'fleet',
    until: null,
  })
  await expect(second).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('changed this deviation meanwhile'),
  })
  const { rows } = await pool().query(`SELECT effect FROM ruling`)
  expect(rows).toEqual([{ effect: 'malicious' }])
})

test('racing triages of one deviation: exactly one wins', async () => {
  const read = await itemOf('scrobj')
  const both = await Promise.allSettled(
    ['expected', 'malicious'].map((to) =>
      triageDeviation(examples().responder, { ...read, to, scope: 'fleet', until: null } as Triage),
    ),
  )
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await pool().query('SELECT 1 FROM ruling')).rowCount).toBe(1)
})
