import { expect, test } from 'vitest'
import type { ApprovedBlock } from '@/lib/pipeline/decision/approved-block'
import { confirmationOf } from './confirmation'
import { toDeployments } from './deployment'
import { EXAMPLE_DECISIONS } from './example-decisions'
import { placeBlock } from './placed-block'

const { blocks, names } = EXAMPLE_DECISIONS
const ringsOf = (block: ApprovedBlock) =>
  block.rings.filter(({ state }) => state === 'audit' || state === 'enforced')

test('App Control confirms a ring by the id of the very policy that is exported for it', () => {
  const ofControl = blocks.filter(({ control }) => control === 'app-control')
  expect(ofControl.length).toBeGreaterThan(0)
  const exported = toDeployments('app-control', ofControl.flatMap(placeBlock), names).map(({ id }) => id)
  for (const block of ofControl)
    for (const ring of ringsOf(block)) {
      const confirmation = confirmationOf(block, ring.position)
      expect(confirmation).toMatchObject({ by: 'policy' })
      if (confirmation?.by === 'policy') expect(exported).toContain(confirmation.ids[0])
    }
})
test('AppLocker confirms by any policy, and controls that report none by nothing', () => {
  for (const block of blocks)
    for (const ring of ringsOf(block)) {
      const expected = { applocker: { by: 'any' }, firewall: null, edr: null, santa: null, disable: null }
      if (block.control in expected)
        expect(confirmationOf(block, ring.position)).toEqual(expected[block.control as keyof typeof expected])
    }
})
