import { expect, test } from 'vitest'
import { type OverviewFacts, toPoints } from './points'

const NOTHING: OverviewFacts = {
  decisions: {
    counted: 0,
    namedInMission: 0,
    seen: 0,
    undecided: 0,
    undecidedSeen: 0,
    proposed: 0,
    approved: 0,
    safeToBlock: 0,
    restricted: 0,
    required: 0,
  },
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
  },
}

test('without data, no point of the countermeasure is done', () => {
  expect(toPoints(NOTHING).filter(({ state }) => state === 'done' || state === 'partly')).toEqual([])
})
test('what is not collected is never said to be done, whatever the data', () => {
  const all = toPoints({
    decisions: { ...NOTHING.decisions, counted: 2, approved: 2, safeToBlock: 2 },
    deviations: { byState: { expected: 3 }, openFrom: [0, 0, 0, 0], rulingsInForce: 3 },
    coverage: {
      ...NOTHING.coverage,
      hosts: 2,
      withBaseline: 2,
      creations: 10,
      withParent: 10,
      withCommandLine: 10,
      executions: 5,
    },
  })
  const states = all.map(({ ask, state }) => [ask, state])
  expect(states.filter(([, state]) => state === 'not-collected')).toHaveLength(2)
  expect(all.filter(({ part }) => part === 'Prevent').map(({ state }) => state)).toEqual(['partly', 'partly'])
  expect(all.filter(({ state }) => state === 'done')).toHaveLength(7)
})
