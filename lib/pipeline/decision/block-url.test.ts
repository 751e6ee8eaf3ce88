import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BLOCK_EFFECTS, type Block, type BlockException, CONTROLS, type DecisionScope } from './block'
import { type BLOCK_PARAMS, readBlockParams, toBlockParams } from './block-url'

const id = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const more = { reason: '', until: null }
const anyException: fc.Arbitrary<BlockException> = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom('parent' as const, 'pattern' as const, 'user' as const),
      value: fc.string({ minLength: 1 }).filter((text) => !text.includes('\u0000')),
    })
    .map((one) => ({ ...one, ...more })),
  fc
    .record({ kind: fc.constantFrom('group' as const, 'host' as const), id })
    .map((one) => ({ ...one, ...more })),
)
const anyScope: fc.Arbitrary<DecisionScope> = fc.oneof(
  fc.constant({ kind: 'fleet' as const }),
  fc.record({
    kind: fc.constantFrom('groups' as const, 'hosts' as const),
    ids: fc.array(id, { minLength: 1, maxLength: 5 }),
  }),
)

test('a block comes back from its URL as it was', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...BLOCK_EFFECTS),
      fc.constantFrom(...CONTROLS),
      anyScope,
      fc.uniqueArray(anyException, { selector: (one) => `${one.kind}:${'id' in one ? one.id : one.value}` }),
      (effect, control, scope, exceptions) => {
        const block: Block = { slug: 'mshta.exe', effect, scope, exceptions }
        const url = new URLSearchParams(
          Object.entries(toBlockParams(block, control)).flatMap(([name, values]) =>
            values.map((value) => [name, value]),
          ),
        )
        const read = readBlockParams((name) => new URLSearchParams(url.toString()).getAll(name))
        expect({ ...read, slug: 'mshta.exe' }).toEqual({ ...block, control })
      },
    ),
  )
})

test('any other URL reads as a block of the fleet that spares nothing', () => {
  const read = (params: Partial<Record<(typeof BLOCK_PARAMS)[number], string[]>>) =>
    readBlockParams((name) => params[name] ?? [])
  const nothing = { effect: null, control: null, scope: { kind: 'fleet' }, exceptions: [] }
  expect(read({})).toEqual(nothing)
  expect(
    read({
      effect: ['x'],
      control: ['__proto__'],
      scope: ['groups:1,x', 'hosts:'],
      spare: ['host:', 'user:', 'host:1.5', 'id:3', ':', 'user:a\u0000'],
    }),
  ).toEqual(nothing)
})
