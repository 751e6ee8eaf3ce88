import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLOCK_EFFECTS, type Block, type BlockException, CONTROLS, type DecisionScope } from './block'
import { ladderOf } from './controls'
import { exampleUse, MSHTA } from './example-judged-use'
import { type JudgedUse, judgeUse, planBlock, soleException, WEIGHED_SINGLY } from './what-if'

const PARENTS = ['explorer.exe @ windows', 'winword.exe @ program-files', 'wmiprvse.exe @ system', null]
const PATTERNS = ['{desktop}\\form.hta', 'http://{host}/x.hta', '', null]
const USERS = [
  { name: 'CORP\\ada', sid: 'S-1-5-21-1' },
  { name: 'NT AUTHORITY\\SYSTEM', sid: 'S-1-5-18' },
  { name: null, sid: 'S-1-5-21-2' },
  null,
]
const IDS = [1, 2, 3]

const anyUse = fc
  .record({
    parent: fc.constantFrom(...PARENTS),
    pattern: fc.constantFrom(...PATTERNS),
    user: fc.constantFrom(...USERS),
    userClass: fc.constantFrom('standard user, medium', 'system, system', null),
    hostId: fc.constantFrom(...IDS),
    groupId: fc.constantFrom(...IDS, null),
    destination: fc.constantFrom(null, [], ['external:443'], ['inbound:80']),
    renamed: fc.boolean(),
    impostor: fc.boolean(),
    imageFolderExpected: fc.constantFrom(true, false, null),
  })
  .map(({ parent, pattern, user, userClass, hostId, groupId, destination, ...rest }) =>
    exampleUse({
      parent,
      user,
      userClass,
      hostId,
      groupId,
      signature: { pattern, traits: { module: null, destination, child: null }, ...rest },
    }),
  )

const more = { reason: 'needed', until: null }
const anyException: fc.Arbitrary<BlockException> = fc.oneof(
  fc
    .constantFrom('explorer.exe @ windows', 'winword.exe @ program-files')
    .map((value) => ({ kind: 'parent' as const, value, ...more })),
  fc
    .constantFrom('{desktop}\\form.hta', 'other')
    .map((value) => ({ kind: 'pattern' as const, value, ...more })),
  fc.constantFrom('corp\\ADA', 's-1-5-18').map((value) => ({ kind: 'user' as const, value, ...more })),
  fc.constantFrom(...IDS).map((id) => ({ kind: 'host' as const, id, ...more })),
  fc.constantFrom(...IDS).map((id) => ({ kind: 'group' as const, id, ...more })),
)
const anyScope: fc.Arbitrary<DecisionScope> = fc.oneof(
  fc.constant({ kind: 'fleet' as const }),
  fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 }).map((ids) => ({ kind: 'groups' as const, ids })),
  fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 }).map((ids) => ({ kind: 'hosts' as const, ids })),
)
const anyBlock: fc.Arbitrary<Block> = fc.record({
  slug: fc.constant(MSHTA.slug),
  effect: fc.constantFrom(...BLOCK_EFFECTS),
  scope: anyScope,
  exceptions: fc.array(anyException, { maxLength: 6 }),
})
const anyControl = fc.constantFrom(...CONTROLS)
const anyUses = fc.array(anyUse, { maxLength: 30 })

/** Rows that the plan interrupts. */
function interrupted(
  block: Block,
  control: (typeof CONTROLS)[number],
  uses: readonly JudgedUse[],
): JudgedUse[] {
  const plan = planBlock(block, control, MSHTA)
  return uses.filter((use) => ['blocked', 'collateral'].includes(judgeUse(plan, use)))
}

describe('what a block would interrupt', () => {
  test('an exception never raises the count, whatever the control', () => {
    fc.assert(
      fc.property(anyBlock, anyException, anyControl, anyUses, (block, exception, control, uses) => {
        const spared = { ...block, exceptions: [...block.exceptions, exception] }
        const before = new Set(interrupted(block, control, uses))
        for (const use of interrupted(spared, control, uses)) expect(before.has(use)).toBe(true)
      }),
    )
  })
  test('the parts of a scope add up to the whole', () => {
    fc.assert(
      fc.property(anyBlock, anyControl, anyUses, (block, control, uses) => {
        const on = (scope: DecisionScope) => interrupted({ ...block, scope }, control, uses).length
        const parts = IDS.map((id) => on({ kind: 'hosts', ids: [id] }))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(on({ kind: 'fleet' }))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(on({ kind: 'hosts', ids: IDS }))
      }),
    )
  })
  test('what an exception is said to spare alone is what comes back without it', () => {
    fc.assert(
      fc.property(anyBlock, anyControl, anyUses, (block, control, uses) => {
        const plan = planBlock(block, control, MSHTA)
        block.exceptions.forEach((_, index) => {
          const without = { ...block, exceptions: block.exceptions.filter((_, other) => other !== index) }
          const said = uses.filter((use) => soleException(plan, use) === index).length
          const back = interrupted(without, control, uses).length - interrupted(block, control, uses).length
          expect(said).toBe(back)
        })
      }),
    )
  })
  test('hundreds of exceptions are all held to, whichever are weighed singly', () => {
    const exceptions = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0
        ? { kind: 'host' as const, id: index, ...more }
        : { kind: 'pattern' as const, value: `pattern ${index}`, ...more },
    )
    const block: Block = { slug: MSHTA.slug, effect: 'execution', scope: { kind: 'fleet' }, exceptions }
    const plan = planBlock(block, 'app-control', MSHTA)
    expect(soleException(plan, exampleUse({ hostId: WEIGHED_SINGLY - 2 }))).toBe(WEIGHED_SINGLY - 2)
    expect(judgeUse(plan, exampleUse({ hostId: 198 }))).toBe('spared')
    expect(judgeUse(plan, exampleUse({ signature: { pattern: 'pattern 199' }, hostId: 199 }))).toBe(
      'collateral',
    )
    expect(judgeUse(plan, exampleUse({ hostId: 199 }))).toBe('blocked')
  })
})

const everywhere: Block = { slug: MSHTA.slug, effect: 'execution', scope: { kind: 'fleet' }, exceptions: [] }
const sparing = (exception: BlockException): Block => ({ ...everywhere, exceptions: [exception] })
const byParent: BlockException = { kind: 'parent', value: 'explorer.exe @ windows', ...more }

describe('what a control makes of a block', () => {
  test('App Control blocks what an exception by parent or arguments would spare; an EDR spares it', () => {
    const block = sparing(byParent)
    expect(judgeUse(planBlock(block, 'app-control', MSHTA), exampleUse())).toBe('collateral')
    expect(judgeUse(planBlock(block, 'edr', MSHTA), exampleUse())).toBe('spared')
    expect(planBlock(block, 'app-control', MSHTA).split.alsoBlocks).toEqual([byParent])
  })
  test('AppLocker leaves SYSTEM and services alone, and says nothing of users it was not told', () => {
    const plan = planBlock(everywhere, 'applocker', MSHTA)
    expect(judgeUse(plan, exampleUse({ userClass: 'system, system' }))).toBe('unaffected')
    expect(judgeUse(plan, exampleUse({ userClass: 'local service' }))).toBe('unaffected')
    expect(judgeUse(plan, exampleUse({ userClass: null }))).toBe('unknown')
    expect(judgeUse(plan, exampleUse())).toBe('blocked')
  })
  test('ASR stops what Office starts, and leaves what WMI starts, whose rule only writes down', () => {
    const startedBy = (parentName: string | null) =>
      judgeUse(planBlock(everywhere, 'asr', MSHTA), exampleUse({ signature: { parentName } }))
    expect(['winword.exe', 'msaccess.exe', 'wmiprvse.exe', 'explorer.exe', null].map(startedBy)).toEqual([
      'blocked',
      'blocked',
      'unaffected',
      'unaffected',
      'unknown',
    ])
  })
  test('AppLocker denies everyone: an exception for a person spares nothing', () => {
    const block = sparing({ kind: 'user', value: 'corp\\ada', ...more })
    const use = exampleUse()
    expect(['blocked', 'collateral']).toContain(judgeUse(planBlock(block, 'applocker', MSHTA), use))
  })
  test('a rule by path misses copies, a rule by name misses other programs under the name', () => {
    const copy = exampleUse({
      signature: { renamed: true, traits: { module: null, destination: ['external:80'], child: null } },
    })
    const network: Block = { ...everywhere, effect: 'network' }
    expect(judgeUse(planBlock(network, 'firewall', MSHTA), copy)).toBe('unaffected')
    expect(judgeUse(planBlock(everywhere, 'app-control', MSHTA), copy)).toBe('blocked')
    const nameless = { ...MSHTA, originalFileNames: [] }
    expect(judgeUse(planBlock(everywhere, 'applocker', nameless), copy)).toBe('unaffected')
    expect(judgeUse(planBlock(everywhere, 'app-control', nameless), exampleUse())).toBe('unknown')
    const notOfWindows = { ...MSHTA, paths: ['C:\\Program Files\\Tool\\mshta.exe'] }
    expect(judgeUse(planBlock(everywhere, 'applocker', MSHTA), copy)).toBe('blocked')
    expect(judgeUse(planBlock(everywhere, 'applocker', notOfWindows), copy)).toBe('unaffected')
    const impostor = exampleUse({ signature: { impostor: true } })
    expect(judgeUse(planBlock(everywhere, 'app-control', MSHTA), impostor)).toBe('unaffected')
  })
  test('cutting the network interrupts only what connects, and is unknown where connections are not reported', () => {
    const plan = planBlock({ ...everywhere, effect: 'network' }, 'firewall', MSHTA)
    const reaching = (destination: string[] | null) =>
      judgeUse(plan, exampleUse({ signature: { traits: { module: null, destination, child: null } } }))
    expect([reaching(['internal:445']), reaching([]), reaching(['inbound:80']), reaching(null)]).toEqual([
      'blocked',
      'unaffected',
      'unaffected',
      'unknown',
    ])
  })
  test('re-associating a file type interrupts what is opened by it, not what names the program', () => {
    const plan = planBlock({ ...everywhere, effect: 'reassociate' }, 'disable', MSHTA)
    expect(judgeUse(plan, exampleUse())).toBe('blocked')
    expect(judgeUse(plan, exampleUse({ parent: 'cmd.exe @ system' }))).toBe('unaffected')
    expect(judgeUse(plan, exampleUse({ signature: { pattern: null, target: null } }))).toBe('unknown')
  })
  test('an impossible pair of effect and control interrupts nothing and says why', () => {
    const plan = planBlock({ ...everywhere, effect: 'network' }, 'applocker', MSHTA)
    expect(judgeUse(plan, exampleUse())).toBe('unaffected')
    expect(plan.split.refusal).toBe('AppLocker cannot cut the network of a program.')
    expect(planBlock(everywhere, 'santa', MSHTA).split.refusal).toBe('Santa does not run on Windows.')
  })
  test('what Windows does not work without is not stopped, whatever the control', () => {
    const explorer = { ...MSHTA, slug: 'explorer.exe', name: 'Explorer.exe' }
    for (const control of ['app-control', 'applocker', 'edr'] as const) {
      const plan = planBlock({ ...everywhere, slug: 'explorer.exe' }, control, explorer)
      expect(judgeUse(plan, exampleUse())).toBe('unaffected')
      expect(plan.split.refusal).toContain('Windows does not work without Explorer.exe')
    }
  })
  test('the ladder offers only what can be carried out, the least intrusive first', () => {
    expect(ladderOf(MSHTA)[0]).toEqual({ effect: 'reassociate', control: 'disable' })
    const osascript = {
      slug: 'osascript',
      name: 'osascript',
      kind: 'binary',
      platform: 'macos',
      originalFileNames: [],
      paths: ['/usr/bin/osascript'],
    } as const
    expect(ladderOf(osascript).map(({ control }) => control)).toEqual(['edr', 'edr', 'santa'])
  })
})
