import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commonPrefix, type HostProfile, proposeGroups, type UseTrait } from './group-proposals'

const everywhere: UseTrait[] = [
  { slug: 'rundll32.exe', shape: 'export', parent: 'svchost.exe @ system' },
  { slug: 'msiexec.exe', shape: 'embedding', parent: 'msiexec.exe @ system' },
]
const builds: UseTrait[] = [
  { slug: 'msbuild.exe', shape: 'build', parent: 'devenv.exe @ program-files' },
  { slug: 'csc.exe', shape: 'compile', parent: 'msbuild.exe @ program-files' },
]
const deploys: UseTrait[] = [
  { slug: 'wmic.exe', shape: 'query', parent: 'ccmexec.exe @ windows' },
  { slug: 'certutil.exe', shape: 'store', parent: 'ccmexec.exe @ windows' },
]

function hosts(first: number, count: number, prefix: string, traits: readonly UseTrait[]): HostProfile[] {
  return Array.from({ length: count }, (_, index) => ({
    hostId: first + index,
    name: `${prefix}-${index + 1}`,
    traits: [...everywhere, ...traits, ...(index % 3 === 0 ? [own(first + index)] : [])],
  }))
}

/** Something that only this host does. */
function own(hostId: number): UseTrait {
  return { slug: 'mshta.exe', shape: `own ${hostId}`, parent: 'explorer.exe @ windows' }
}

const fleet = [...hosts(1, 6, 'dev', builds), ...hosts(11, 5, 'srv', deploys), ...hosts(21, 8, 'ws', [])]

describe('groups by similarity of use', () => {
  test('are told apart by what few others do, not by what every host does', () => {
    const proposals = proposeGroups(fleet)
    const dev = proposals.find(({ hosts: [first] }) => first?.name === 'dev-1')
    expect(dev?.hosts.map(({ name }) => name)).toEqual(['dev-1', 'dev-2', 'dev-3', 'dev-4', 'dev-5', 'dev-6'])
    expect(dev?.traits.map(({ slug }) => slug)).toEqual(['csc.exe', 'msbuild.exe'])
    expect(dev?.traits[1]).toEqual({
      slug: 'msbuild.exe',
      parent: 'devenv.exe @ program-files',
      within: 1,
      elsewhere: 0,
    })
    const srv = proposals.find(({ hosts: [first] }) => first?.name === 'srv-1')
    expect(srv?.hosts).toHaveLength(5)
  })

  test('are the same whatever the order of hosts and of what they do', () => {
    const proposed = proposeGroups(fleet)
    fc.assert(
      fc.property(fc.shuffledSubarray(fleet, { minLength: fleet.length }), (shuffled) => {
        const turned = shuffled.map((host) => ({ ...host, traits: host.traits.toReversed() }))
        expect(proposeGroups(turned)).toEqual(proposed)
      }),
      { numRuns: 20 },
    )
  })

  test('of a host each are at most one, and of three hosts at least', () => {
    const trait = fc.record({
      slug: fc.constantFrom('a.exe', 'b.exe', 'c.exe'),
      shape: fc.constantFrom('x', null),
      parent: fc.constantFrom('p @ system', null),
    })
    const profiles = fc
      .array(fc.array(trait, { maxLength: 4 }), { maxLength: 20 })
      .map((all) => all.map((traits, index) => ({ hostId: index, name: `h${index}`, traits })))
    fc.assert(
      fc.property(profiles, (drawn) => {
        const proposals = proposeGroups(drawn)
        const ids = proposals.flatMap((one) => one.hosts.map(({ hostId }) => hostId))
        expect(new Set(ids).size).toBe(ids.length)
        for (const one of proposals) {
          expect(one.hosts.length).toBeGreaterThanOrEqual(3)
          expect(one.traits.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('are none where all hosts are alike, or there is nothing to compare', () => {
    expect(proposeGroups([])).toEqual([])
    expect(proposeGroups(hosts(1, 5, 'ws', []).map((host) => ({ ...host, traits: everywhere })))).toEqual([])
  })

  test('of a large fleet take bounded time', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      hostId: index,
      name: `h${index}`,
      traits: [...everywhere, ...(index % 2 === 0 ? builds : deploys), own(index), own(index % 50)],
    }))
    expect(proposeGroups(many).length).toBeGreaterThan(0)
  })
})

test('hosts whose names begin alike suggest a name', () => {
  expect(commonPrefix(['till-01', 'till-02'])).toBe('till')
  expect(commonPrefix(['a1', 'b1'])).toBeNull()
  expect(commonPrefix([])).toBeNull()
})
