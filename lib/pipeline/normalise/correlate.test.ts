import { expect, test } from 'vitest'
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
