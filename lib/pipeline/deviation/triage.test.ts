import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exampleSignature } from './example-signature'
import { effectOf, NOT_REPORTED } from './ruling'
import { effectOfState, isTriageState, mayMoveTo, TRIAGE_STATES } from './triage'
import { defaultScope, type PatternUse, planTriage } from './triage-plan'

const use = (traits: Partial<PatternUse> = {}): PatternUse => ({
  hostId: 1,
  hostName: 'ws-1',
  groupId: 7,
  groupName: 'Workstations',
  parent: 'explorer.exe @ system',
  identity: 'system',
  firstDay: '2026-01-05',
  lastDay: '2026-01-05',
  executions: 1,
  deviates: true,
  ...traits,
})
const anyUse = fc.record({
  hostId: fc.integer({ min: 1, max: 4 }),
  hostName: fc.constant('h'),
  groupId: fc.option(fc.integer({ min: 1, max: 2 })),
  groupName: fc.constant(null),
  parent: fc.option(fc.constantFrom('a', 'b')),
  identity: fc.option(fc.constantFrom('c', 'd')),
  modules: fc.option(fc.uniqueArray(fc.constantFrom('m', 'n'))),
  firstDay: fc.constantFrom('2026-01-05', '2026-01-09'),
  lastDay: fc.constant('2026-01-09'),
  executions: fc.nat(9),
  deviates: fc.boolean(),
})
const anyEffect = fc.constantFrom('expected' as const, 'test' as const, 'malicious' as const)
const anyScope = fc.constantFrom('fleet' as const, 'groups' as const, 'hosts' as const)

describe('the states of triage', () => {
  test('no state is final: each leads back to open', () => {
    for (const state of TRIAGE_STATES) if (state !== 'open') expect(mayMoveTo(state, 'open')).toBe(true)
  })
  test('a judgement is taken back before another is made, so that rulings never mix', () => {
    for (const from of TRIAGE_STATES)
      for (const to of TRIAGE_STATES) {
        const [before, after] = [effectOfState(from), effectOfState(to)]
        if (before !== null && after !== null && before !== after) expect(mayMoveTo(from, to)).toBe(false)
      }
  })
  test('an unknown word is no state', () => {
    expect(isTriageState('open')).toBe(true)
    expect(isTriageState('toString')).toBe(false)
  })
})

describe('what a triage teaches', () => {
  test('expected binds to the parents and binaries that deviated, on their hosts, from their first day on', () => {
    const plan = planTriage(
      [
        use(),
        use({ hostId: 2, parent: 'winword.exe', firstDay: '2026-01-03', executions: 4, deviates: false }),
      ],
      { effect: 'expected', scope: 'hosts', until: '2026-07-01' },
    )
    expect(plan).toEqual({
      rulings: [
        {
          parent: 'explorer.exe @ system',
          identity: 'system',
          modules: null,
          scope: { kind: 'hosts', ids: [1] },
          effect: 'expected',
          from: '2026-01-05',
          until: '2026-07-01',
        },
      ],
      hostIds: [1],
      executions: 1,
      executionsLeft: 0,
    })
  })
  test('expected explains no module that nobody looked at, however alike its name masks', () => {
    const known = 'a.dll @ program-files'
    const plan = planTriage([use({ modules: [known] }), use({ hostId: 2, modules: null })], {
      effect: 'expected',
      scope: 'fleet',
      until: null,
    })
    expect(plan.rulings.map(({ modules }) => modules)).toEqual([[known]])
    expect(plan.executionsLeft).toBe(0)
    const [planned] = plan.rulings
    const ruled = (module: readonly string[] | null) => {
      const signature = exampleSignature({ traits: { module } })
      const ruling = {
        slug: signature.slug,
        pattern: signature.pattern ?? '',
        parent: null,
        identity: null,
        modules: planned?.modules ?? null,
        scope: 'fleet' as const,
        effect: 'expected' as const,
        fromDay: 0,
        toDay: null,
      }
      return effectOf([ruling], signature, 10)
    }
    expect(ruled([known])).toBe('expected')
    expect(ruled([])).toBe('expected')
    expect(ruled(null)).toBe('expected')
    expect(ruled([known, 'b.dll @ user-temp, unsigned'])).toBeNull()
  })
  test('malicious reaches back to the first day on record, whatever the parent', () => {
    const plan = planTriage([use(), use({ hostId: 2, firstDay: '2026-01-03', deviates: false })], {
      effect: 'malicious',
      scope: 'fleet',
      until: null,
    })
    expect(plan.rulings).toEqual([
      {
        parent: null,
        identity: null,
        modules: null,
        scope: { kind: 'fleet' },
        effect: 'malicious',
        from: '2026-01-03',
        until: null,
      },
    ])
    expect(plan.hostIds).toEqual([1, 2])
  })
  test('a use without a reported parent is ruled as that, not as any parent', () => {
    const [ruling] = planTriage([use({ parent: null })], {
      effect: 'expected',
      scope: 'hosts',
      until: null,
    }).rulings
    expect(ruling?.parent).toBe(NOT_REPORTED)
    const stored = {
      slug: 'rundll32.exe',
      pattern: 'printui.dll printuientry',
      parent: NOT_REPORTED,
      identity: null,
      scope: 'fleet' as const,
      effect: 'expected' as const,
      fromDay: 0,
      toDay: null,
    }
    expect(effectOf([stored], exampleSignature({ parentName: null }), 1)).toBe('expected')
    expect(effectOf([stored], exampleSignature(), 1)).toBeNull()
  })
  test('hosts in no group are ruled for one by one where groups are asked for', () => {
    const plan = planTriage([use(), use({ hostId: 2, groupId: null })], {
      effect: 'test',
      scope: 'groups',
      until: null,
    })
    expect(plan.rulings.map(({ scope }) => scope)).toEqual([
      { kind: 'groups', ids: [7] },
      { kind: 'hosts', ids: [2] },
    ])
  })
  test('without an end, every deviating execution that is on record is judged', () => {
    fc.assert(
      fc.property(fc.array(anyUse, { maxLength: 12 }), anyEffect, anyScope, (uses, effect, scope) => {
        expect(planTriage(uses, { effect, scope, until: null }).executionsLeft).toBe(0)
      }),
    )
  })
  test('the order of uses does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyUse, { maxLength: 8 }), anyEffect, anyScope, (uses, effect, scope) => {
        const choice = { effect, scope, until: '2026-01-07' }
        expect(planTriage(uses.toReversed(), choice)).toEqual(planTriage(uses, choice))
      }),
    )
  })
  test('one host stands for itself, several for their groups', () => {
    expect(defaultScope([use(), use()])).toBe('hosts')
    expect(defaultScope([use(), use({ hostId: 2 })])).toBe('groups')
    expect(defaultScope([use(), use({ hostId: 2, groupId: null })])).toBe('hosts')
  })
})
