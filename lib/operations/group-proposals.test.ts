import { beforeAll, expect, test } from 'vitest'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { listGroupProposals } from '@/lib/store/screens/group-proposals'
import { withTestDatabase } from '@/lib/store/test-database'
import { acceptGroupProposal, declineGroupProposal } from './group-proposals'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

const admin = systemActor('test')
const DAYS = [5, 6, 7]

function uses(host: string, image: string, commandLine: string, parentImage: string) {
  return DAYS.map((day) => ({
    host,
    at: `2026-01-0${day}T10:00:00Z`,
    image: `C:\\Windows\\System32\\${image}`,
    commandLine,
    parentImage,
  }))
}

withTestDatabase()
beforeAll(async () => {
  const all = ['dev-1', 'dev-2', 'dev-3', 'ws-1', 'ws-2', 'ws-3', 'ws-4']
  await ingestExamples(pool(), [
    ...all.flatMap((host) =>
      uses(
        host,
        'rundll32.exe',
        'rundll32.exe shell32.dll,Control_RunDLL desk.cpl',
        'C:\\Windows\\explorer.exe',
      ),
    ),
    ...all
      .filter((host) => host.startsWith('dev'))
      .flatMap((host) =>
        uses(
          host,
          'msiexec.exe',
          'msiexec /i C:\\Windows\\ccmcache\\a\\t.msi /qn',
          'C:\\Windows\\CCM\\CcmExec.exe',
        ),
      ),
  ])
  await recompute(pool())
})

test('hosts that are used alike are proposed with what sets them apart, and a name', async () => {
  const [proposal, ...others] = await listGroupProposals('ungrouped')
  expect(others).toEqual([])
  expect(proposal?.hosts.map(({ name }) => name)).toEqual(['dev-1', 'dev-2', 'dev-3'])
  expect(proposal?.traits).toEqual([
    { slug: 'msiexec.exe', parent: expect.stringContaining('ccmexec.exe'), within: 1, elsewhere: 0 },
  ])
  expect(proposal?.suggestedName).toBe('dev')
})

test('what was declined is not proposed again', async () => {
  const [proposal] = await listGroupProposals('ungrouped')
  const key = proposal?.key ?? ''
  await declineGroupProposal(admin, key)
  expect(await listGroupProposals('ungrouped')).toEqual([])
  expect(
    (await pool().query("SELECT subject_id FROM audit_entry WHERE action = 'group-proposal-declined'")).rows,
  ).toEqual([{ subject_id: key }])
})

test('an accepted one is a group like any other, of the hosts and from the day that the administrator chose', async () => {
  const { rows } = await pool().query("SELECT id FROM host WHERE name IN ('dev-1', 'dev-2') ORDER BY id")
  const hostIds = rows.map(({ id }) => id as number)
  const accepted = { key: '1', name: 'Developers', hostIds, from: null }
  expect(await acceptGroupProposal(admin, accepted)).toBe(2)
  await recompute(pool())
  const members = await pool().query('SELECT valid_from, by_rule FROM host_group_member')
  expect(members.rows).toEqual([
    { valid_from: '1970-01-01', by_rule: false },
    { valid_from: '1970-01-01', by_rule: false },
  ])
  await expect(acceptGroupProposal(admin, accepted)).rejects.toMatchObject({ code: 'conflict' })
})

test('takes an administrator', async () => {
  const viewer: Actor = {
    kind: 'account',
    accountId: '1',
    email: '',
    name: 'v',
    role: 'manager',
    scope: { kind: 'all' },
  }
  const accepted = { key: '1', name: 'x', hostIds: [1], from: null }
  await expect(acceptGroupProposal(viewer, accepted)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(declineGroupProposal(viewer, '1')).rejects.toMatchObject({ code: 'forbidden' })
})
