import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SENSORS } from '@/lib/pipeline/event/event'
import { type Candidate, correlate, MAX_CANDIDATES } from './correlate'

function records(count: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    atUs: 1_767_600_000_000_000 + Math.floor(index / 2) * 1000,
    sensor: index % 2,
    commandLine: `regsvr32 /s "C:\\a b\\${Math.floor(index / 2)}.dll"${index % 2 === 0 ? '  ' : ''}`,
  }))
}

test('each Security record joins the Sysmon record with its command line', () => {
  const anchors = correlate(records(10))
  for (let index = 0; index < 10; index += 2) {
    expect(anchors.get(String(index + 1))?.id).toBe(String(index))
    expect(anchors.get(String(index))?.id).toBe(String(index))
  }
})

test('more records of one process id than any host has stand for themselves, in no time', () => {
  const anchors = correlate(records(MAX_CANDIDATES * 20))
  expect([...anchors].every(([id, anchor]) => id === anchor.id)).toBe(true)
})

const SECOND_US = 1_000_000
const anyCandidates = fc
  .array(
    fc.record({
      atUs: fc
        .tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0, 0, 7, 19), fc.integer({ min: 0, max: 3 }))
        .map(([seconds, hours, half]) => (seconds + hours * 3600 + half / 2) * SECOND_US),
      sensor: fc.nat({ max: SENSORS.length - 1 }),
      commandLine: fc.constantFrom(null, 'a', 'b', ' A  '),
    }),
    { maxLength: 14 },
  )
  .map((list) => list.map((candidate, index): Candidate => ({ ...candidate, id: String(index) })))

test('the answer is a function of the set: the order of the records does not matter', () => {
  fc.assert(
    fc.property(anyCandidates, fc.infiniteStream(fc.nat()), (candidates, stream) => {
      const shuffled = candidates
        .map((candidate) => ({ candidate, key: stream.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ candidate }) => candidate)
      const names = (anchors: Map<string, Candidate>) =>
        [...anchors].map(([id, { id: anchor }]) => `${id} ${anchor}`).sort()
      expect(names(correlate(shuffled))).toEqual(names(correlate(candidates)))
    }),
    { numRuns: 500 },
  )
})

test('what stands for a process stands for itself, comes of the earliest of its sensors', () => {
  fc.assert(
    fc.property(anyCandidates, (candidates) => {
      const anchors = correlate(candidates)
      const members = new Map<string, number[]>()
      for (const candidate of candidates) {
        const anchor = anchors.get(candidate.id)
        expect(anchors.get(anchor?.id ?? '')?.id).toBe(anchor?.id)
        expect(anchor?.sensor).toBeLessThanOrEqual(candidate.sensor)
        members.set(anchor?.id ?? '', [...(members.get(anchor?.id ?? '') ?? []), candidate.sensor])
      }
      for (const [id, sensors] of members)
        expect(Math.min(...sensors)).toBe(candidates.find((c) => c.id === id)?.sensor)
    }),
    { numRuns: 500 },
  )
})

test('a process that every sensor reports is one', () => {
  const all = SENSORS.map((_, sensor) => ({
    id: String(sensor),
    atUs: sensor * 1000,
    sensor,
    commandLine: null,
  }))
  expect(new Set([...correlate(all)].map(([, anchor]) => anchor.id))).toEqual(new Set(['0']))
})
