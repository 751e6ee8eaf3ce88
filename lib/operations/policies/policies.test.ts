import { beforeAll, expect, test } from 'vitest'
import { pieces } from '@/fixtures/pieces'
import type { Actor } from '@/lib/pipeline/actor'
import type { AccountActor } from '@/lib/store/accounts'
import { pool } from '@/lib/store/pool'
import { loadCollectionGaps, pageOfHosts, parseSendingRequest } from '@/lib/store/screens/collection'
import { listPolicyVersions, loadPolicies, loadVersionPair } from '@/lib/store/screens/policies'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { withTestDatabase } from '@/lib/store/test-database'
import { examplePerson } from '../example-person'
import type { ByteSource } from '../ingest/byte-source'
import { ingestExamples } from '../ingest/example-use'
import { openZipMembers } from '../ingest/open-zip'
import { recompute } from '../recompute/recompute'
import { downloadPolicies, type ExportRequest } from './download-policies'

let viewer: AccountActor
const MSHTA = 'C:\\Windows\\System32\\mshta.exe'
const DAY = '2026-02-01'

withTestDatabase()
beforeAll(async () => {
  const at = (day: number, host: string) => ({
    host,
    at: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
    image: MSHTA,
    commandLine: 'mshta.exe C:\\Apps\\form.hta',
    parentImage: 'C:\\Windows\\explorer.exe',
  })
  await ingestExamples(
    pool(),
    Array.from({ length: 9 }, (_, index) => [at(index + 1, 'ws-1'), at(index + 1, 'ws-2')]).flat(),
  )
  await pool().query("INSERT INTO host_group (id, name) VALUES (1, 'Tills')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, 1, '1970-01-01' FROM host WHERE name = 'ws-2'",
  )
  await recompute(pool())
  viewer = await examplePerson('Vi', 'viewer')
  await decision('mshta.exe', 'app-control', 'enforced', '{"kind":"fleet"}')
  await decision('regsvr32.exe', 'applocker', 'audit', '{"kind":"groups","ids":[1]}')
})

/** As the pages of decisions leave one behind. */
async function decision(slug: string, control: string, ring: string, scope: string): Promise<void> {
  const { rows } = await pool().query(
    `INSERT INTO decision (entry_id, verdict, effect, control, scope, state, justification, proposed_by_id)
     SELECT id, 'safe-to-block', 'execution', $2, $4::jsonb, CASE $3 WHEN 'audit' THEN 'approved' ELSE 'enforced' END, 'unused', $5
     FROM catalogue_entry WHERE slug = $1 RETURNING id`,
    [slug, control, ring, scope, viewer.accountId],
  )
  await pool().query(
    "INSERT INTO decision_ring (decision_id, position, name, group_ids, state) VALUES ($1, 0, 'All', '{}', $2)",
    [rows[0].id, ring],
  )
}

async function namesIn(request: ExportRequest, actor: Actor = viewer): Promise<string[]> {
  const { bytes } = await downloadPolicies(actor, request)
  const source: ByteSource = {
    path: 'x.zip',
    sizeBytes: bytes.length,
    stream: () => pieces(Buffer.from(bytes)),
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  }
  const names: string[] = []
  for await (const member of openZipMembers(source)) {
    names.push(member.name)
    for await (const piece of member.bytes) expect(piece.length).toBeGreaterThan(0)
  }
  return names
}

async function auditedDownloads(): Promise<number> {
  const { rows } = await pool().query(
    "SELECT count(*)::int AS n FROM audit_entry WHERE action LIKE '%-downloaded'",
  )
  return rows[0].n
}

test('what is enforced and audited is written, each for its hosts', async () => {
  const { controls } = await loadPolicies(viewer.scope, DAY)
  const policies = controls.flatMap((one) =>
    one.policies.map(({ control, mode, hosts }) => [control, mode, hosts]),
  )
  expect(policies).toEqual([
    ['app-control', 'enforce', ['ws-1', 'ws-2']],
    ['applocker', 'audit', ['ws-2']],
  ])
})

test('whoever sees a part of the hosts gets the decisions on that part alone, and no version', async () => {
  const scope = { kind: 'groups', groupIds: [1] } as const
  const { decisions } = await loadPolicies(scope, DAY)
  expect([...decisions.values()].map(({ binary }) => binary)).toEqual(['Regsvr32.exe'])
  await downloadPolicies({ ...viewer, scope }, { set: 'policies' })
  expect(await listPolicyVersions(viewer.scope)).toEqual([])
  expect(await listPolicyVersions(scope)).toEqual([])
})

test('a download is on the audit log; the same decisions give the same bytes and one version', async () => {
  const before = await auditedDownloads()
  const first = await downloadPolicies(viewer, { set: 'policies' })
  const second = await downloadPolicies(viewer, { set: 'policies' })
  expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true)
  expect(await auditedDownloads()).toBe(before + 2)
  expect(await listPolicyVersions(viewer.scope)).toHaveLength(1)
  const names = await namesIn({ set: 'policies' })
  expect(names[0]).toBe('manifest.json')
  expect(names).toContain('README.md')
  expect(names.some((name) => /^app-control\/.*\/stand-alone\.xml$/.test(name))).toBe(true)
  expect(names.some((name) => /^detections\/sigma\/mshta/.test(name))).toBe(true)
})

test('one more decision is a version that can be compared with the last, and the old one is still there to download', async () => {
  await downloadPolicies(viewer, { set: 'policies' })
  await decision('wmic.exe', 'app-control', 'enforced', '{"kind":"fleet"}')
  await downloadPolicies(viewer, { set: 'policies' })
  const [later, earlier] = await listPolicyVersions(viewer.scope)
  const pair = await loadVersionPair(viewer.scope, earlier?.id ?? 0, later?.id ?? 0)
  expect(pair?.after.length).toBeGreaterThan(pair?.before.length ?? 0)
  const old = await namesIn({ set: 'policies', version: earlier?.id })
  expect(old).toHaveLength(pair?.before.length ?? 0)
  await expect(downloadPolicies(viewer, { set: 'policies', version: 9999 })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(downloadPolicies(viewer, { set: 'policies', path: '../etc/passwd' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('detections know what hosts do with a binary, from the executions that usage names', async () => {
  // nine days are too few to be learnt by themselves
  await pool().query('UPDATE usage SET trusted = true')
  const names = await namesIn({ set: 'detections' })
  expect(names).toContain('sigma/mshta-exe-outside-its-baseline.yml')
  const { bytes } = await downloadPolicies(viewer, {
    set: 'detections',
    path: 'sigma/mshta-exe-outside-its-baseline.yml',
  })
  expect(Buffer.from(bytes).toString()).toContain('explorer.exe')
})

test('hosts are told by what they do not send', async () => {
  const { groups, hosts } = await loadCollectionGaps(viewer.scope)
  expect(groups).toMatchObject([
    {
      gaps: ['module-load', 'network-connection', 'dns-query', 'attempt'],
      hosts: [{ name: 'ws-1' }, { name: 'ws-2' }],
    },
  ])
  const asked = (params: SearchParams) => pageOfHosts(hosts, parseSendingRequest(params))
  expect(asked({}).rows).toMatchObject([
    { name: 'ws-1', group: null, gaps: groups[0]?.gaps },
    { name: 'ws-2', group: 'Tills' },
  ])
  expect(asked({ sort: '-name', size: '50' }).rows.map(({ name }) => name)).toEqual(['ws-2', 'ws-1'])
  expect(asked({ group: 'Tills', missing: ['dns-query', 'none'] })).toMatchObject({ total: 1 })
  expect(asked({ missing: 'command-lines' }).rows).toEqual([])
  expect(asked({ q: 'WS-1', page: '2' })).toEqual({ rows: [], total: 1 })
  expect(await namesIn({ set: 'collection' })).toContain('audit/sysmon/cordon.xml')
})

test('a key that may only read downloads nothing', async () => {
  const key: Actor = { kind: 'key', keyId: 'k', name: 'k', keyScopes: ['read'], scope: { kind: 'all' } }
  await expect(downloadPolicies(key, { set: 'policies' })).rejects.toMatchObject({ code: 'forbidden' })
})
