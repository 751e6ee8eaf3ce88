import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueOf, isOver } from './due'
import { assignRings, ONE_RING } from './rings'
import { RingPlanSchema } from './schemas'
import { covers, sameScope } from './scope'
import { approvalsNeeded, type DecisionTerms, exceptionsOn, problemsOf } from './terms'

const TODAY = '2026-03-10'
const TERMS: DecisionTerms = {
  verdict: 'safe-to-block',
  effect: 'execution',
  control: 'applocker',
  scope: { kind: 'fleet' },
  exceptions: [],
  rings: ONE_RING,
  justification: 'Nobody needs it.',
  ownerId: null,
  reviewOn: '2026-09-01',
  expiresOn: null,
  ticket: null,
}
const EXCEPTION = { kind: 'user', value: 'CORP\\ada', reason: 'builds', until: null } as const
const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
const toDay = (date: Date) => date.toISOString().slice(0, 10)

describe('terms', () => {
  test('a complete block can be proposed', () => {
    expect(problemsOf(TERMS, TODAY)).toEqual([])
  })
  test.each([
    ['no reason', { justification: '' }, /Say why/],
    ['a safe block with exceptions', { exceptions: [EXCEPTION] }, /restriction/],
    ['a restriction that spares nothing', { verdict: 'restrict' }, /spares something/],
    ['a control that cannot do it', { control: 'firewall' }, /control that can/],
    ['an effect of another verdict', { verdict: 'disable' }, /what the block does/],
    ['what is required, with a control', { verdict: 'required', effect: null }, /no effect, control/],
    ['no review', { reviewOn: null }, /looked at again/],
    ['a review in the past', { reviewOn: '2026-03-10' }, /still to come/],
    ['an end in the past', { expiresOn: '2026-03-09' }, /over before/],
  ] as const)('%s cannot', (_name, differing, problem) => {
    expect(problemsOf({ ...TERMS, ...differing } as DecisionTerms, TODAY).join(' ')).toMatch(problem)
  })
  test('an exception holds through its last day', () => {
    const until = { ...EXCEPTION, until: TODAY }
    expect(exceptionsOn([until], TODAY)).toEqual([until])
    expect(exceptionsOn([until], '2026-03-11')).toEqual([])
  })
  test('only a block of the whole fleet takes two managers, and only where that is asked for', () => {
    const OF_FLEET = { verdict: TERMS.verdict, ofFleet: true }
    expect(approvalsNeeded(OF_FLEET, true)).toBe(2)
    expect(approvalsNeeded(OF_FLEET, false)).toBe(1)
    expect(approvalsNeeded({ ...OF_FLEET, verdict: 'required' }, true)).toBe(1)
    expect(approvalsNeeded({ ...OF_FLEET, ofFleet: false }, true)).toBe(1)
  })
})

describe('rings', () => {
  test('every host is in exactly one ring, whatever the plan', () => {
    const plan = fc.array(
      fc.record({ groupIds: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    const hosts = fc.array(fc.record({ id: fc.nat(), groupId: fc.option(fc.integer({ min: 1, max: 6 })) }))
    fc.assert(
      fc.property(plan, hosts, (rings, all) => {
        const placed = assignRings(rings, all).flat()
        expect(placed).toHaveLength(all.length)
        expect(new Set(placed)).toEqual(new Set(all))
      }),
    )
  })
  test('only the last ring is everything else', () => {
    expect(RingPlanSchema.safeParse(ONE_RING).success).toBe(true)
    const rest = { name: 'Rest', groupIds: [] }
    expect(RingPlanSchema.safeParse([rest, { name: 'Pilot', groupIds: [1] }]).success).toBe(false)
    expect(RingPlanSchema.safeParse([{ name: 'Pilot', groupIds: [1] }, rest]).success).toBe(true)
  })
})

describe('scopes', () => {
  const scope = fc.oneof(
    fc.constant({ kind: 'fleet' as const }),
    fc.record({
      kind: fc.constantFrom('groups' as const, 'hosts' as const),
      ids: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    }),
  )
  test('the fleet covers all, every scope covers itself, and two that cover each other are the same', () => {
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        expect(covers({ kind: 'fleet' }, a) && covers(a, a)).toBe(true)
        expect(covers(a, b) && covers(b, a)).toBe(sameScope(a, b))
      }),
    )
  })
})

describe('what is due', () => {
  const standing = { state: 'enforced' as const, lapsesOn: null, exceptions: [] }
  test('is warned of two weeks before, and stays overdue', () => {
    const of = (reviewOn: string) =>
      dueOf({ ...standing, reviewOn, expiresOn: null }, TODAY).map(({ words }) => words)
    expect(of('2026-03-25')).toEqual([])
    expect(of('2026-03-24')).toEqual(['To be reviewed on 2026-03-24'])
    expect(of('2026-03-11')).toEqual(['To be reviewed tomorrow'])
    expect(of('2026-03-08')).toEqual(['Its review is 2 days overdue'])
  })
  test('a decision is over exactly when its last day is, and once over stays so as time goes on', () => {
    fc.assert(
      fc.property(day, day, fc.nat(1e9), (last, now, later) => {
        const input = { state: 'approved' as const, expiresOn: toDay(last), lapsesAtMs: null }
        const over = isOver(input, now.getTime())
        expect(over).toBe(toDay(now) > toDay(last))
        if (over) expect(isOver(input, now.getTime() + later)).toBe(true)
      }),
    )
  })
})
