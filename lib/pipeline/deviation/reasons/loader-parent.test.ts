import { expect, test } from 'vitest'
import { exampleSignature } from '../example-signature'
import { assessRisk } from '../risk'
import { DEVIATION_FLOOR_MILLIBITS } from '../weights'

function bits(slug: string, parentName: string): number | undefined {
  const { reasons } = assessRisk(exampleSignature({ slug, parentName }), {})
  return reasons.find(({ code }) => code === 'loader-parent')?.millibits
}

test('a loader of libraries that looks round the host is a deviation', () => {
  expect(bits('wmic.exe', 'rundll32.exe')).toBe(2500)
  const { millibits } = assessRisk(exampleSignature({ slug: 'wmic.exe', parentName: 'rundll32.exe' }), {})
  expect(millibits).toBeGreaterThanOrEqual(DEVIATION_FLOOR_MILLIBITS)
})

test('a loader that starts another, as its other bitness does, says nothing by that', () => {
  expect(bits('regsvr32.exe', 'regsvr32.exe')).toBeUndefined()
  expect(bits('rundll32.exe', 'regsvr32.exe')).toBeUndefined()
})

test('a shell is no loader', () => {
  expect(bits('wmic.exe', 'cmd.exe')).toBeUndefined()
})
