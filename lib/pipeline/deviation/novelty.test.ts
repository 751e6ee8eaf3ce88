import { expect, test } from 'vitest'
import { buildProfile, EMPTY_PROFILE } from '@/lib/pipeline/baseline/profile'
import { exampleSignature } from './example-signature'
import { noveltyOf, type Scopes } from './novelty'

const HABITS = buildProfile(
  new Map([
    // a service that always does the same two things
    ['agent.exe @ program-files > register a.dll', 16],
    ['agent.exe @ program-files > register b.dll', 12],
    // people at a shell, each of whom did something else
    ...Array.from({ length: 12 }, (_, index) => [`explorer.exe @ windows > install ${index}`, 1] as const),
  ]),
)
const scopes: Scopes = {
  fleet: { profile: (_, feature) => (feature === 'habit' ? HABITS : EMPTY_PROFILE), spread: () => null },
  group: null,
  host: null,
}

function habitBits(parent: string, pattern: string): number {
  const features = { parent, habit: `${parent} > ${pattern}` }
  const found = noveltyOf(exampleSignature({ pattern, features }), scopes)
  return found.find(({ feature }) => feature === 'habit')?.bits ?? 0
}

test('something new surprises of a parent that always does the same, and hardly of one that never does', () => {
  const service = habitBits('agent.exe @ program-files', 'register evil.dll')
  const person = habitBits('explorer.exe @ windows', 'install 99')
  expect(service).toBeGreaterThan(3)
  expect(person).toBeLessThan(0.5)
})

test('what a parent always does surprises nobody, and of a parent that is new its habits say nothing', () => {
  expect(habitBits('agent.exe @ program-files', 'register a.dll')).toBe(0)
  expect(habitBits('new.exe @ program-files', 'register a.dll')).toBe(0)
})

test("what other hosts did on earlier days is a change of everybody's habits, and news on none", () => {
  const features = {
    parent: 'agent.exe @ program-files',
    habit: 'agent.exe @ program-files > register c.dll',
  }
  const signature = exampleSignature({ pattern: 'register c.dll', features })
  const fleet = { profile: () => HABITS, spread: () => ({ hosts: 3, days: 1, firstDay: 0 }) }
  const found = noveltyOf(signature, { fleet, group: null, host: null })
  expect(found.map(({ feature }) => feature)).not.toContain('habit')
})

test('a parent whose name holds the sign between parent and pattern is no error', () => {
  expect(habitBits('a > b.exe @ temp', 'register a.dll')).toBe(0)
})
