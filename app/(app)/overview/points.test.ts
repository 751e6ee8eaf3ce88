import { expect, test } from 'vitest'
import { type OverviewFacts, pointsWords, toPoints } from './points'

const NOTHING: OverviewFacts = {
  days: 30,
  decisions: {
    counted: 0,
    namedInMission: 0,
    seen: 0,
    undecided: 0,
    undecidedSeen: 0,
    proposed: 0,
    approved: 0,
    enforced: 0,
    safeToBlock: 0,
    restricted: 0,
    required: 0,
    blocks: 0,
    blocksEnforced: 0,
  },
  alarms: [],
  deviations: { byState: {}, openFrom: [0, 0, 0, 0], rulingsInForce: 0 },
  coverage: {
    hosts: 0,
    silent: 0,
    withoutCommandLines: 0,
    withBaseline: 0,
    bySensor: [],
    creations: 0,
    withParent: 0,
    withCommandLine: 0,
    withHash: 0,
    masquerading: 0,
    executions: 0,
    sending: { modules: 0, connections: 0, attempts: 0, policies: 0, controls: 0 },
    attempts: 0,
    attemptsBlocked: 0,
  },
}

test('without data, no point of the countermeasure is done', () => {
  expect(toPoints(NOTHING).filter(({ state }) => state === 'done' || state === 'partly')).toEqual([])
})
test('what only some hosts send is done partly, what none sends is open, and the evidence says how many', () => {
  const all = toPoints({
    days: 30,
    decisions: { ...NOTHING.decisions, counted: 2, approved: 2, safeToBlock: 2, blocks: 2 },
    alarms: [],
    deviations: { byState: { expected: 3 }, openFrom: [0, 0, 0, 0], rulingsInForce: 3 },
    coverage: {
      ...NOTHING.coverage,
      hosts: 2,
      withBaseline: 2,
      creations: 10,
      withParent: 10,
      withCommandLine: 10,
      executions: 5,
      sending: { modules: 1, connections: 0, attempts: 1, policies: 1, controls: 1 },
      attempts: 4,
      attemptsBlocked: 3,
    },
  })
  const [, , libraries, connections] = all.filter(({ part }) => part === 'Detect')
  expect(libraries).toMatchObject({ state: 'partly', href: '/hosts?sends=module-load' })
  expect(libraries?.evidence).toMatch(/^1 of 2 hosts /)
  expect(connections).toMatchObject({ state: 'open', href: '/hosts?sends=network-connection' })
  const prevent = all.filter(({ part }) => part === 'Prevent')
  expect(prevent.map(({ state }) => state)).toEqual(['partly', 'partly'])
  expect(prevent[1]?.evidence).toContain(
    '4 attempts that controls reported, 3 of them blocked; the log of a control comes from 1 of 2 hosts',
  )
  expect(all.filter(({ state }) => state === 'done')).toHaveLength(7)
})
test('what is only seen of some hosts, or for a few days, is done partly', () => {
  const parents = (days: number, silent: number) =>
    toPoints({
      ...NOTHING,
      days,
      coverage: { ...NOTHING.coverage, hosts: 24, silent, creations: 10, withParent: 10 },
    }).find(({ ask }) => ask.startsWith('See what starts them'))
  expect(parents(30, 0)?.state).toBe('done')
  expect(parents(7, 0)?.state).toBe('partly')
  expect([7, 8].map((days) => pointsWords([], days).includes('more than a week'))).toEqual([true, false])
  expect(parents(30, 23)).toMatchObject({
    state: 'partly',
    evidence: expect.stringContaining('23 hosts sent nothing in the period'),
  })
})
test('one approval does not keep blocks from breaking what people need while others that ran are undecided', () => {
  const risk = (undecidedSeen: number) =>
    toPoints({ ...NOTHING, decisions: { ...NOTHING.decisions, approved: 1, undecidedSeen } }).find(
      ({ part }) => part === 'Risk',
    )?.state
  expect([risk(3), risk(0)]).toEqual(['partly', 'done'])
})
test('blocking is done when every approved block is enforced everywhere without an alarm, logging when every host sends the log of a control', () => {
  const preventing = (blocksEnforced: number, alarms: OverviewFacts['alarms'], controls: number) =>
    toPoints({
      ...NOTHING,
      decisions: { ...NOTHING.decisions, blocks: 2, blocksEnforced },
      coverage: {
        ...NOTHING.coverage,
        hosts: 2,
        executions: 5,
        sending: { ...NOTHING.coverage.sending, controls },
      },
      alarms,
    })
      .filter(({ part }) => part === 'Prevent')
      .map(({ state }) => state)
  expect(preventing(0, [], 0)).toEqual(['partly', 'partly'])
  expect(preventing(1, [], 1)).toEqual(['partly', 'partly'])
  expect(preventing(2, [{ decisionId: 7 }], 2)).toEqual(['partly', 'done'])
  expect(preventing(2, [], 2)).toEqual(['done', 'done'])
})
