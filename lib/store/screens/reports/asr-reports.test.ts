import { beforeAll, describe, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import type { PolicyState } from '@/lib/pipeline/event/event'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { storeFile } from '../example-file'
import { readAsrReports } from './asr-reports'

const ALL: Scope = { kind: 'all' }
const TILLS: Scope = { kind: 'groups', groupIds: [1] }
const NOBODY: Scope = { kind: 'groups', groupIds: [] }

const OFFICE = 'd4f940ab-401b-4efc-aadc-ad5f3c50688a'
const SCRIPTS = 'd3e037e1-3eb8-44c8-a917-57927947596d'
const GUARD = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const PATHS = `${GUARD}\\ASROnlyExclusions`

const ruleSet = (id: string, value: string) => `${GUARD}\\Rules\\${id} = ${value}`

/** Defender's 5007 on a host, so many hours into 2026-01-05 and milliseconds: a value that it has now, or that it no longer has. */
function change(
  host: string,
  hour: number,
  { now = '', was = '', ms = 0 }: { now?: string; was?: string; ms?: number },
) {
  const at = new Date(Date.UTC(2026, 0, 5, hour, 0, 0, ms ?? 0)).toISOString()
  const fields = {
    EventID: 5007,
    Channel: 'Microsoft-Windows-Windows Defender/Operational',
    Hostname: host,
    TimeCreated: at,
    'Old Value': was,
    'New Value': now,
  }
  const result = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
  if (result.kind === 'rejection' || result.event.kind !== 'policy-state') throw new Error('no change')
  return result.event
}

function store(events: readonly PolicyState[]): Promise<string> {
  return storeFile({ policies: events.map((event) => ({ event, hostName: event.host ?? '' })) })
}

withTestDatabase()
beforeAll(async () => {
  await store([
    change('off', 9, { now: ruleSet(OFFICE, '0x0') }),
    change('block', 9, { now: ruleSet(OFFICE, '0x1') }),
    change('audit', 9, { now: ruleSet(OFFICE.toUpperCase(), '0x2') }),
    change('warn', 9, { now: ruleSet(OFFICE, '0x6') }),
    change('till-1', 9, { now: ruleSet(OFFICE, '0x1') }),
  ])
  await pool().query("INSERT INTO host_group (id, name) VALUES (1, 'Tills')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, 1, '1970-01-01' FROM host WHERE name = 'till-1'",
  )
})

describe('a rule', () => {
  test('is counted by what it is set to, on each host, however its id is spelled', async () => {
    const { rules } = await readAsrReports(ALL)
    expect(rules).toEqual([{ id: OFFICE, blocks: 2, audits: 1, warns: 1, off: 1 }])
  })
  test('stands as the newest report says, in whatever order reports come', async () => {
    await store([
      change('late', 12, { now: ruleSet(SCRIPTS, '0x1') }),
      change('late', 11, { now: ruleSet(SCRIPTS, '0x2') }),
    ])
    await store([change('late', 10, { now: ruleSet(SCRIPTS, '0x6') })])
    expect((await readAsrReports(ALL)).rules).toContainEqual(only(SCRIPTS, 'blocks'))
    await store([change('late', 13, { now: ruleSet(SCRIPTS, '0x2') })])
    expect((await readAsrReports(ALL)).rules).toContainEqual(only(SCRIPTS, 'audits'))
  })
  test('stands as the last of several reports in one second says, in whatever order and however often they come', async () => {
    const [first, second, third] = [
      change('quick', 12, { now: ruleSet(SCRIPTS, '0x1'), ms: 100 }),
      change('quick', 12, { now: ruleSet(SCRIPTS, '0x2'), ms: 200 }),
      change('quick', 12, { now: ruleSet(SCRIPTS, '0x1'), ms: 300 }),
    ]
    const stands = async () => {
      const { rules } = await readAsrReports(ALL)
      const { blocks = 0, audits = 0 } = rules.find(({ id }) => id === SCRIPTS) ?? {}
      return blocks > 0 ? 'blocks' : audits > 0 ? 'audits' : 'nothing'
    }
    for (const [events, expected] of [
      [[first], 'blocks'],
      [[second, first], 'audits'],
      [[first, second, third], 'blocks'],
      [[second], 'blocks'],
      [[third, third, first], 'blocks'],
    ] as const) {
      await store(events)
      expect(await stands()).toBe(expected)
    }
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM policy_state p JOIN host h ON h.id = p.host_id WHERE h.name = 'quick'`,
    )
    expect(rows).toEqual([{ count: 2 }])
    await pool().query(`DELETE FROM policy_state p USING host h WHERE h.id = p.host_id AND h.name = 'quick'`)
  })
  test('is off where its value was taken away, until it is set again', async () => {
    await store([change('late', 14, { was: ruleSet(SCRIPTS, '0x1') })])
    expect((await readAsrReports(ALL)).rules).toContainEqual(only(SCRIPTS, 'off'))
    await store([change('late', 15, { now: ruleSet(SCRIPTS, '0x1') })])
    expect((await readAsrReports(ALL)).rules).toContainEqual(only(SCRIPTS, 'blocks'))
  })
  test('is none of what else changed in Defender', async () => {
    await store([change('other', 9, { now: 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Start = 0x1' })])
    expect((await readAsrReports(ALL)).rules.map(({ id }) => id)).toEqual([SCRIPTS, OFFICE])
  })
})

describe('exclusions', () => {
  test('are counted by hosts that have one, from all rules or from one', async () => {
    expect((await readAsrReports(ALL)).withExclusions).toBe(0)
    await store([
      change('block', 9, { now: `${PATHS}\\C:\\tools\\a = b.exe = 0x0` }),
      change('block', 10, { now: `${PATHS}\\C:\\tools = 0x0` }),
      change('warn', 9, { now: `${GUARD}\\ASROnlyPerRuleExclusions\\${OFFICE} = C:\\tools` }),
      change('off', 9, {
        now: 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\x = 0x0',
      }),
    ])
    expect((await readAsrReports(ALL)).withExclusions).toBe(2)
  })
  test('that were all taken away no longer count', async () => {
    await store([change('block', 11, { was: `${PATHS}\\C:\\tools = 0x0` })])
    expect((await readAsrReports(ALL)).withExclusions).toBe(2)
    await store([change('block', 11, { was: `${PATHS}\\C:\\tools\\a = b.exe = 0x0` })])
    expect((await readAsrReports(ALL)).withExclusions).toBe(1)
    await store([change('block', 12, { now: `${PATHS}\\c:\\TOOLS = 0x0` })])
    expect((await readAsrReports(ALL)).withExclusions).toBe(2)
  })
})

test('people see what the hosts of their groups reported, and nothing of others', async () => {
  expect(await readAsrReports(TILLS)).toEqual({ rules: [only(OFFICE, 'blocks')], withExclusions: 0 })
  await store([change('till-1', 9, { now: `${PATHS}\\C:\\till = 0x0` })])
  expect((await readAsrReports(TILLS)).withExclusions).toBe(1)
  expect(await readAsrReports(NOBODY)).toEqual({ rules: [], withExclusions: 0 })
})

/** A rule that one host reported. */
function only(id: string, state: 'blocks' | 'audits' | 'warns' | 'off') {
  return { id, blocks: 0, audits: 0, warns: 0, off: 0, [state]: 1 }
}
