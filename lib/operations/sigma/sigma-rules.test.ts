import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type Actor, ROLES, systemActor } from '@/lib/pipeline/actor'
import { exampleRuleText } from '@/lib/pipeline/sigma/example-rule'
import { pool } from '@/lib/store/pool'
import { findSigmaRule } from '@/lib/store/screens/sigma/rules'
import { withTestDatabase } from '@/lib/store/test-database'
import { ingestExamples } from '../ingest/example-use'
import { queueRebuild, recompute } from '../recompute/recompute'
import { changeSigmaRules, type SigmaChange } from './change-sigma-rules'
import { loadSigmaRules, previewSigmaRules } from './load-sigma-rules'

const admin = systemActor('test')
const TARGET = { set: 'Own', replace: false, source: 'test' }
const MSHTA = 'C:\\Windows\\System32\\mshta.exe'
const HTA_RULE = exampleRuleText(
  "selection:\n  Image|endswith: '\\mshta.exe'\n  CommandLine|contains: '.hta'\ncondition: selection",
  { id: 'rule-hta', title: 'HTA', level: 'high' },
)
const ANY_RULE = exampleRuleText("selection:\n  Image|endswith: '\\mshta.exe'\ncondition: selection", {
  id: 'rule-any',
  title: 'Any use',
  level: 'low',
})

withTestDatabase()
beforeAll(async () => {
  await ingestExamples(pool(), [
    { host: 'ws-1', at: '2026-01-05T10:00:00Z', image: MSHTA, commandLine: 'mshta.exe C:\\tools\\a.hta' },
    { host: 'ws-1', at: '2026-01-06T10:00:00Z', image: MSHTA, commandLine: 'mshta.exe C:\\tools\\a.hta' },
    { host: 'ws-1', at: '2026-01-06T11:00:00Z', image: MSHTA, commandLine: 'mshta.exe C:\\tools\\a.hta' },
    { host: 'ws-2', at: '2026-01-06T10:00:00Z', image: MSHTA, commandLine: 'mshta.exe C:\\tools\\b.txt' },
    {
      host: 'ws-3',
      at: '2026-01-06T10:00:00Z',
      image: 'C:\\Windows\\System32\\rundll32.exe',
      commandLine: 'rundll32.exe a.dll,B',
    },
  ])
  await recompute(pool())
})
beforeEach(async () => {
  await pool().query('TRUNCATE sigma_rule, sigma_rule_set, sigma_rule_revision CASCADE')
  await queueRebuild(pool())
  await recompute(pool())
})

function body(...texts: string[]): Buffer {
  return Buffer.from(JSON.stringify({ files: texts.map((text, index) => ({ path: `${index}.yml`, text })) }))
}

async function load(texts: readonly string[], target = TARGET): Promise<void> {
  const { version } = await previewSigmaRules(admin, target, body(...texts))
  await loadSigmaRules(admin, target, body(...texts), version)
  await recompute(pool())
}

async function change(how: SigmaChange['how'], ...ids: string[]): Promise<void> {
  await changeSigmaRules(admin, { how, ids })
  await recompute(pool())
}

async function hits(): Promise<string[]> {
  const { rows } = await pool().query<{ line: string }>(
    `SELECT h.name || ' ' || s.day::text || ' ' || s.rule_id || ' ' || s.events AS line FROM sigma_hit s JOIN host h ON h.id = s.host_id ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}

async function dirtyHosts(): Promise<string[]> {
  const { rows } = await pool().query<{ line: string }>(
    `SELECT h.name || ' ' || w.dirty_from::text AS line FROM host_work w JOIN host h ON h.id = w.host_id WHERE w.dirty_from IS NOT NULL ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}

/** Everything that scores say. */
async function scores(): Promise<unknown[]> {
  const { rows } = await pool().query(
    'SELECT u.host_id, u.day, u.signature_id, u.score_millibits, u.risk_millibits, u.trusted, d.reasons FROM usage u LEFT JOIN deviation_hit d USING (host_id, day, signature_id, principal_id) ORDER BY 1, 2, 3',
  )
  return rows
}

test('loaded rules become reasons of past executions, turning them off takes them back, and a rebuild agrees', async () => {
  const before = await scores()
  await load([HTA_RULE, ANY_RULE])
  expect(await hits()).toEqual([
    'ws-1 2026-01-05 rule-any 1',
    'ws-1 2026-01-05 rule-hta 1',
    'ws-1 2026-01-06 rule-any 2',
    'ws-1 2026-01-06 rule-hta 2',
    'ws-2 2026-01-06 rule-any 1',
  ])
  const loaded = await scores()
  expect(JSON.stringify(loaded)).toContain('{"code":"sigma:rule-hta","millibits":4000}')
  expect(JSON.stringify(loaded)).toContain('{"code":"sigma:rule-any","millibits":0}')
  await queueRebuild(pool())
  await recompute(pool())
  expect(await scores()).toEqual(loaded)

  await changeSigmaRules(admin, { how: 'turn-off', ids: ['rule-hta'] })
  expect(await dirtyHosts()).toEqual(['ws-1 2026-01-05'])
  await recompute(pool())
  expect(await hits()).toEqual([
    'ws-1 2026-01-05 rule-any 1',
    'ws-1 2026-01-06 rule-any 2',
    'ws-2 2026-01-06 rule-any 1',
  ])
  await change('turn-on', 'rule-hta')
  expect(await scores()).toEqual(loaded)
  await change('delete', 'rule-hta', 'rule-any')
  expect(await hits()).toEqual([])
  expect(await scores()).toEqual(before)
})

test('hits of a rule are counted on the hosts that its reader sees', async () => {
  await load([ANY_RULE])
  const { rows } = await pool().query<{ id: number }>(`WITH made AS (
      INSERT INTO host_group (name) VALUES ('Tills') RETURNING id)
    INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT h.id, made.id, '1970-01-01' FROM host h, made
    WHERE h.name = 'ws-2' RETURNING group_id AS id`)
  const groups = { kind: 'groups', groupIds: rows.map(({ id }) => id) } as const
  expect(await findSigmaRule({ kind: 'all' }, 'rule-any')).toMatchObject({ hits: 4, hosts: 2 })
  expect(await findSigmaRule(groups, 'rule-any')).toMatchObject({ hits: 1, hosts: 1 })
})

describe('a load shows its difference first', () => {
  const CHANGED = HTA_RULE.replace('title: HTA', 'title: HTA again')
  test('added, changed, the same, and what a replaced set loses', async () => {
    await load([HTA_RULE, ANY_RULE])
    const other = exampleRuleText("s:\n  Image|endswith: '\\hh.exe'\ncondition: s", {
      id: 'rule-hh',
      title: 'HH',
    })
    const plan = await previewSigmaRules(
      admin,
      { ...TARGET, replace: true },
      body(CHANGED, other, 'title: ['),
    )
    expect(plan.added.map(({ id }) => id)).toEqual(['rule-hh'])
    expect(plan.changed.map(({ id, fromSet }) => [id, fromSet])).toEqual([['rule-hta', 'Own']])
    expect(plan.removed.map(({ id }) => id)).toEqual(['rule-any'])
    expect(plan.refused).toHaveLength(1)
    expect(await previewSigmaRules(admin, TARGET, body(HTA_RULE))).toMatchObject({
      added: [],
      changed: [],
      unchanged: 1,
    })
    await load([CHANGED, other], { ...TARGET, replace: true })
    expect(await hits()).toEqual(['ws-1 2026-01-05 rule-hta 1', 'ws-1 2026-01-06 rule-hta 2'])
  })

  test('of one id the rule modified last wins, in the files and against what is here', async () => {
    const dated = (day: string, title: string) =>
      `modified: ${day}\n${HTA_RULE.replace('title: HTA', `title: ${title}`)}`
    await load([dated('2026-02-01', 'Newer'), dated('2026-01-01', 'Older')])
    const titles = async () => (await pool().query('SELECT title FROM sigma_rule')).rows
    expect(await titles()).toEqual([{ title: 'Newer' }])
    const plan = await previewSigmaRules(admin, TARGET, body(dated('2026-01-01', 'Older')))
    expect(plan).toMatchObject({ added: [], changed: [], unchanged: 0 })
    expect(plan.refused[0]?.reason).toContain('2026-02-01')
    await load([dated('2026-03-01', 'Newest')])
    expect(await titles()).toEqual([{ title: 'Newest' }])
  })

  test('a rule that was turned off stays off when its set is loaded again', async () => {
    await load([HTA_RULE])
    await change('turn-off', 'rule-hta')
    await load([CHANGED])
    expect((await pool().query('SELECT title, enabled FROM sigma_rule')).rows).toEqual([
      { title: 'HTA again', enabled: false },
    ])
    expect(await hits()).toEqual([])
  })

  test('rules that changed since the preview are a conflict', async () => {
    const { version } = await previewSigmaRules(admin, TARGET, body(HTA_RULE))
    await load([ANY_RULE])
    await expect(loadSigmaRules(admin, TARGET, body(HTA_RULE), version)).rejects.toThrow('meanwhile')
  })

  test('what is no file of rules is refused', async () => {
    await expect(previewSigmaRules(admin, TARGET, Buffer.from('nothing'))).rejects.toThrow(ExpectedError)
    await expect(previewSigmaRules(admin, TARGET, Buffer.from('{"files": 1}'))).rejects.toThrow(ExpectedError)
    await expect(loadSigmaRules(admin, TARGET, body('title: ['), '')).rejects.toThrow('nothing to load')
  })
})

test('every change is audited, and what a rule was is kept', async () => {
  await load([HTA_RULE])
  await change('turn-off', 'rule-hta')
  await change('delete', 'rule-hta')
  const { rows } = await pool().query(
    `SELECT action FROM audit_entry WHERE subject_kind = 'sigma-rules' ORDER BY id DESC LIMIT 3`,
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'sigma-rules-deleted',
    'sigma-rules-turned-off',
    'sigma-rules-loaded',
  ])
  const kept = await pool().query(
    'SELECT enabled, valid_to IS NULL AS open FROM sigma_rule_revision ORDER BY id',
  )
  expect(kept.rows).toEqual([
    { enabled: true, open: false },
    { enabled: false, open: false },
    { enabled: false, open: false },
  ])
})

test('only an administrator loads and changes rules', async () => {
  for (const role of ROLES.filter((one) => one !== 'admin')) {
    const actor: Actor = {
      kind: 'account',
      accountId: '1',
      name: 'a',
      email: 'a@example.com',
      role,
      scope: { kind: 'all' },
    } as Actor
    await expect(previewSigmaRules(actor, TARGET, body(HTA_RULE))).rejects.toThrow('admin')
    await expect(loadSigmaRules(actor, TARGET, body(HTA_RULE), '')).rejects.toThrow('admin')
    await expect(changeSigmaRules(actor, { how: 'delete', ids: ['a'] })).rejects.toThrow('admin')
  }
})

test('a collection of 1,500 rules is previewed, loaded, turned off and deleted at once', async () => {
  const texts = Array.from({ length: 1500 }, (_, index) =>
    exampleRuleText(`s:\n  CommandLine|contains: word${index}\ncondition: s`, {
      id: `many-${index}`,
      title: `Rule ${index}`,
    }),
  )
  await load(texts)
  const ids = texts.map((_, index) => `many-${index}`)
  expect(await changeSigmaRules(admin, { how: 'turn-off', ids })).toBe(1500)
  expect(await changeSigmaRules(admin, { how: 'delete', ids })).toBe(1500)
})
