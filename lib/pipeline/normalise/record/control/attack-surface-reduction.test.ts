import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { toEvent } from '../to-event'

const RULE = 'd4f940ab-401b-4efc-aadc-ad5f3c50688a'
const SET = `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules\\${RULE} = 0x1`
const EXCLUSION = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\tools = 0x0'

/** Defender's 5007 with these values. */
function change(values: JsonObject) {
  const fields = {
    System: {
      Provider: 'Microsoft-Windows-Windows Defender',
      EventID: '5007',
      TimeCreated: '2024-03-01T08:15:40.1234567Z',
      Computer: 'ws01.example.com',
    },
    EventData: { 'Product Name': 'Microsoft Defender Antivirus', ...values },
  }
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  if (result.kind === 'rejection' || result.event.kind !== 'policy-state') throw new Error('no change')
  return result.event
}

describe('a change of Defender’s configuration', () => {
  test('says the new value, and the rule that it sets, whatever was before', () => {
    const set = { policyId: RULE, detail: SET }
    expect(change({ 'Old Value': '', 'New Value': SET })).toMatchObject(set)
    expect(change({ 'Old Value': SET.replace('0x1', '0x2'), 'New Value': SET })).toMatchObject(set)
    expect(change({ 'New Value': SET })).toMatchObject(set)
  })

  test.each([
    ['empty', { 'New Value': '' }],
    ['blank', { 'New Value': ' ' }],
    ['left out by the exporter', {}],
    ['null', { 'New Value': null }],
  ])('whose new value is %s takes the old one away, and names its rule', (_, values) => {
    const gone = { control: 'asr', state: 'changed', policyId: RULE, detail: `${SET} (removed)` }
    expect(change({ 'Old Value': SET, ...values })).toMatchObject(gone)
  })

  test('that takes away something else than a rule names none', () => {
    const gone = { policyId: null, detail: `${EXCLUSION} (removed)` }
    expect(change({ 'Old Value': EXCLUSION, 'New Value': '' })).toMatchObject(gone)
  })

  test('of which neither value is said is kept, and claims nothing', () => {
    expect(change({ 'Old Value': '', 'New Value': '' })).toMatchObject({ policyId: null, detail: null })
  })

  test('is another one where it sets than where it takes away in the same second', () => {
    const keys = [change({ 'New Value': SET }), change({ 'Old Value': SET })].map(
      ({ recordKey }) => recordKey,
    )
    expect(new Set(keys).size).toBe(2)
  })
})
