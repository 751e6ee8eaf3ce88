import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ATTACK_STORIES } from './attacks/stories'
import { DAY_MS, isWorkday } from './calendar'
import { fleetInventory } from './inventory'
import { simulateFleet } from './simulate-fleet'
import type { FleetOptions, SimulatedRecord } from './simulated-record'

const DEMO: FleetOptions = { hosts: 40, days: 30, endDayUtc: 20_515, seed: 7, attacks: true }
const SMALL: FleetOptions = { ...DEMO, hosts: 8, days: 5 }

function digest(options: FleetOptions): string {
  const hash = createHash('sha256')
  for (const record of simulateFleet(options)) hash.update(JSON.stringify(record))
  return hash.digest('hex')
}

/** What a record says about its process, whatever its sensor: identity for counting each process once. */
function processKey({ host, atMs, fields, truth }: SimulatedRecord): string {
  const text = JSON.stringify(fields)
  const [, hex] = /"NewProcessId":"0x([0-9a-f]+)"/.exec(text) ?? []
  const [, decimal] = /"ProcessId":"(\d+)"/.exec(text) ?? []
  return [host, atMs, hex === undefined ? decimal : Number.parseInt(hex, 16), truth.binary].join('|')
}

function countProxies(records: Iterable<SimulatedRecord>): number {
  const seen = new Set<string>()
  for (const record of records) if (record.truth.binary !== null) seen.add(processKey(record))
  return seen.size
}

describe('the same options', () => {
  test('give byte-identical records', () => {
    expect(digest(SMALL)).toBe(digest({ ...SMALL }))
  })

  test('give other records with another seed', () => {
    expect(digest(SMALL)).not.toBe(digest({ ...SMALL, seed: 8 }))
  })

  test('give the same benign processes with and without attacks', () => {
    const benign = (attacks: boolean) =>
      [...simulateFleet({ ...SMALL, attacks })]
        .filter((record) => record.format === 'winlogbeat' && record.truth.story === null)
        .map((record) => /"(CommandLine|NewProcessName)":"(.*?)","/.exec(JSON.stringify(record.fields))?.[2])
    const calm = new Map<string | undefined, number>()
    for (const line of benign(false)) calm.set(line, (calm.get(line) ?? 0) + 1)
    const lacking = benign(true).reduce((left, line) => left.set(line, (left.get(line) ?? 0) - 1), calm)
    expect([...lacking.values()].filter((count) => count > 0)).toEqual([])
  })
})

describe('the demo fleet', () => {
  let records: SimulatedRecord[] = []
  beforeAll(() => {
    records = [...simulateFleet(DEMO)]
  })

  test('stays under 100,000 records, with two to three ordinary processes for each proxy execution', () => {
    const processes = new Set(records.map(processKey)).size
    const proxies = countProxies(records)
    expect(records.length).toBeLessThan(100_000)
    expect(proxies / (DEMO.hosts * DEMO.days)).toBeGreaterThan(17)
    expect(proxies / (DEMO.hosts * DEMO.days)).toBeLessThan(23)
    expect((processes - proxies) / proxies).toBeGreaterThan(2)
    expect((processes - proxies) / proxies).toBeLessThan(3)
  })

  test('is in order of time and within its window', () => {
    const firstMs = (DEMO.endDayUtc - DEMO.days + 1) * DAY_MS
    let lastMs = firstMs
    for (const { atMs } of records) {
      if (atMs < lastMs)
        expect.fail(`${new Date(atMs).toISOString()} after ${new Date(lastMs).toISOString()}`)
      lastMs = atMs
    }
    expect(lastMs).toBeLessThan((DEMO.endDayUtc + 1) * DAY_MS)
  })

  test('uses many different proxy binaries, none of them for more than half of all', () => {
    const counts = new Map<string, number>()
    for (const { truth } of records)
      if (truth.binary !== null) counts.set(truth.binary, (counts.get(truth.binary) ?? 0) + 1)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect(counts.size).toBeGreaterThan(35)
    expect(Math.max(...counts.values()) / total).toBeLessThan(0.5)
  })

  test('rests at weekends at desks, not on servers', () => {
    const perDay = (prefix: string, working: boolean) => {
      const chosen = records.filter(
        ({ host, atMs }) => host.startsWith(prefix) && isWorkday(Math.floor(atMs / DAY_MS)) === working,
      )
      return chosen.length / (working ? 5 : 2)
    }
    expect(perDay('ws-', false) / perDay('ws-', true)).toBeLessThan(0.5)
    expect(perDay('srv-', false) / perDay('srv-', true)).toBeGreaterThan(0.7)
  })

  test('names only hosts of the inventory, and hears from each of them', () => {
    const inventory = fleetInventory(DEMO)
    expect(new Set(records.map(({ host }) => host))).toEqual(new Set(inventory.map(({ name }) => name)))
    expect(new Set(inventory.map(({ group }) => group)).size).toBe(4)
    expect(new Set(inventory.map(({ name }) => name)).size).toBe(DEMO.hosts)
  })

  test('has every attack story, in the last two thirds, a third of them quiet', () => {
    const attacks = records.filter(({ truth }) => truth.label === 'attack')
    const missing = ATTACK_STORIES.filter(({ name }) => !attacks.some(({ truth }) => truth.story === name))
    expect(missing.map(({ name }) => name)).toEqual([])
    const begin = (DEMO.endDayUtc - DEMO.days + 1 + DEMO.days / 3) * DAY_MS
    expect(Math.min(...attacks.map(({ atMs }) => atMs))).toBeGreaterThanOrEqual(begin)
    expect(ATTACK_STORIES.filter(({ quiet }) => quiet).length / ATTACK_STORIES.length).toBeCloseTo(1 / 3, 1)
    expect(attacks.every(({ truth }) => /^T\d{4}(\.\d{3})?$/.test(truth.technique ?? ''))).toBe(true)
  })

  test('moves laterally to six hosts within an hour', () => {
    const lateral = records.filter(
      ({ truth }) => truth.story === 'lateral-library' && truth.binary === 'rundll32.exe',
    )
    expect(new Set(lateral.map(({ host }) => host)).size).toBe(6)
    const times = lateral.map(({ atMs }) => atMs)
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(3_600_000)
  })
})

describe('executionsPerHostDay', () => {
  test.each([10, 60])('of %i is honoured within a fifth', (executionsPerHostDay) => {
    const options = { ...DEMO, days: 14, executionsPerHostDay }
    const perHostDay = countProxies(simulateFleet(options)) / (options.hosts * options.days)
    expect(perHostDay).toBeGreaterThan(executionsPerHostDay * 0.8)
    expect(perHostDay).toBeLessThan(executionsPerHostDay * 1.2)
  })
})

test('one host for one day is a valid fleet', () => {
  expect(() => [...simulateFleet({ ...DEMO, hosts: 1, days: 1 })]).not.toThrow()
  expect([...simulateFleet({ ...DEMO, hosts: 0 })]).toEqual([])
})

test('with what processes do after their start, the creations stay the same, and a fleet grows by less than a third', () => {
  const part = { ...DEMO, hosts: 16, days: 10 }
  const plain = [...simulateFleet(part)]
  const active = [...simulateFleet({ ...part, activity: true })]
  const isCreation = ({ fields }: SimulatedRecord) =>
    /"event_id":"(1|4688)"|ProcessCreated/.test(JSON.stringify(fields))
  const withoutIds = (records: SimulatedRecord[]) =>
    records.filter(isCreation).map(({ fields }) => JSON.stringify(fields).replace(/"record_id":\d+/, ''))
  expect(withoutIds(active)).toEqual(withoutIds(plain))
  expect(active.length / plain.length).toBeLessThan(4 / 3)
  expect(active.length).toBeGreaterThan(plain.length)
})
