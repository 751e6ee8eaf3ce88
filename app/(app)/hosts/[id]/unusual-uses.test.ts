import { expect, test } from 'vitest'
import type { BaselineUse } from '@/lib/store/screens/host/baseline'
import { unusualUses } from './unusual-uses'

const use = (id: string, groupHosts: number | null, highestScoreMillibits = 0): BaselineUse => ({
  id,
  pattern: id,
  patternId: '1',
  parent: null,
  users: [],
  firstAt: 0,
  lastAt: 0,
  days: 1,
  hours: 1,
  executions: 1,
  highestScoreMillibits,
  trusted: true,
  groupHosts,
  fleetHosts: 3,
})
const baseline = [
  {
    slug: 'a.exe',
    name: 'a',
    executions: 4,
    maturity: 1,
    uses: [use('common', 9), use('own', 1), use('other', 2, 9000), use('unknown', null), use('few', 3)],
  },
]

test('what at most a tenth of the group has is unusual, the highest score first; what nobody can compare is not', () => {
  expect(unusualUses(baseline, 20).map(({ id }) => id)).toEqual(['other', 'own'])
  expect(unusualUses(baseline, 5).map(({ id }) => id)).toEqual(['own'])
})
test('a host without a group, or alone in it, has nothing to be compared with', () => {
  expect(unusualUses(baseline, null)).toEqual([])
  expect(unusualUses(baseline, 1)).toEqual([])
})
