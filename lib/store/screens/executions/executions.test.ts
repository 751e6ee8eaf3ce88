import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { withTestDatabase } from '@/lib/store/test-database'
import { type ExecutionFilter, parseExecutionRequest, toExecutionFilter } from './filter'
import { findExecution, findOriginal } from './find-execution'
import { findLineage } from './lineage'
import { resolveFilter } from './resolve-filter'
import { type ExecutionKey, readExecutionKey, searchExecutions, writeExecutionKey } from './search'
import { countByTime } from './timeline'

const ALL: Scope = { kind: 'all' }
const GUID = '5770385f-c22a-43e0-bf4c-06f5698ffbd9'
const SHA256 = 'AB'.repeat(32)
let groupId: number

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await storeCreations([
    {
      ...EXAMPLE_CREATION,
      recordKey: 'explorer',
      image: 'C:\\Windows\\explorer.exe',
      pid: 50,
      time: at(-60),
      parentImage: null,
      parentPid: 4,
    },
    {
      ...EXAMPLE_CREATION,
      recordKey: 'plain',
      processGuid: GUID,
      hashes: { md5: null, sha1: null, sha256: SHA256, imphash: null },
    },
    {
      ...EXAMPLE_CREATION,
      recordKey: 'child',
      image: 'C:\\Windows\\System32\\cmd.exe',
      pid: 101,
      parentPid: 100,
      parentImage: EXAMPLE_CREATION.image,
      parentProcessGuid: GUID,
      time: at(1),
    },
    {
      ...EXAMPLE_CREATION,
      recordKey: 'address',
      pid: 102,
      time: at(10),
      commandLine: 'rundll32.exe javascript:"\\..\\mshtml,x http://203.0.113.77/100%_a',
    },
    // one process, two sensors: only Sysmon has an integrity level, only Security names the domain's user
    {
      ...EXAMPLE_CREATION,
      recordKey: 'twin sysmon',
      pid: 103,
      time: at(20),
      commandLine: 'rundll32.exe twin.dll,Go',
      user: null,
    },
    {
      ...EXAMPLE_CREATION,
      recordKey: 'twin security',
      sensor: 'security',
      pid: 103,
      time: at(20),
      commandLine: 'rundll32.exe twin.dll,Go',
      user: 'CORP\\grace',
    },
    {
      ...EXAMPLE_CREATION,
      recordKey: 'elsewhere',
      host: 'srv-1.corp.example',
      pid: 104,
      time: at(30),
      commandLine: 'rundll32.exe secret.dll,Go',
    },
  ])
  const group = await pool().query("INSERT INTO host_group (name) VALUES ('Workstations') RETURNING id")
  groupId = group.rows[0].id
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, $1, '2020-01-01' FROM host WHERE name LIKE 'ws-%'",
    [groupId],
  )
})

function at(seconds: number) {
  return { us: EXAMPLE_CREATION.time.us + seconds * 1_000_000, tick: 0 }
}

async function search(params: Record<string, string>, scope: Scope = ALL) {
  const filter = await resolveFilter(scope, asked({ days: 'all', ...params }))
  return (await searchExecutions(scope, filter, { after: null, pageSize: 50 })).rows
}
function asked(params: Record<string, string>): ExecutionFilter {
  return toExecutionFilter(parseExecutionRequest(params), null)
}
const lines = async (params: Record<string, string>, scope?: Scope) =>
  (await search(params, scope)).map(({ commandLine }) => commandLine)

test('an address inside a raw command line is found', async () => {
  expect(await lines({ q: '203.0.113.77' })).toHaveLength(1)
  expect(await lines({ q: '203.0.113.78' })).toEqual([])
})
test('wildcards of the database are ordinary characters in a search, and all its words must occur', async () => {
  expect(await lines({ q: '100%_a' })).toHaveLength(1)
  expect(await lines({ q: '100__a' })).toEqual([])
  expect(await lines({ q: '\\..\\MSHTML JavaScript' })).toHaveLength(1)
  expect(await lines({ q: 'mshtml twin.dll' })).toEqual([])
  expect(await lines({ q: '"twin.dll,Go"' })).toHaveLength(1)
})
test('a word is found alike however many lines or executions have it, and its count says whether all were looked through', async () => {
  const words = [
    'dll,Go',
    'twin.dll',
    'rundll32',
    '203.0.113.77',
    'nowhere',
    'dll,Go twin',
    SHA256,
    `${GUID} rundll32`,
  ]
  for (const q of words)
    for (const scope of [ALL, { kind: 'groups', groupIds: [groupId] } as const]) {
      const answers = await Promise.all(
        [
          undefined,
          { texts: 0, executions: 0 },
          { texts: 100, executions: 0 },
          { texts: 100, executions: 2 },
        ].map(async (limits) => {
          const filter = await resolveFilter(scope, asked({ days: 'all', q }), limits)
          const { rows } = await searchExecutions(scope, filter, { after: null, pageSize: 50 })
          return [rows, await countByTime(scope, filter)]
        }),
      )
      for (const answer of answers) expect(answer, q).toEqual(answers[0])
    }
  const count = async (counted: number) => {
    const limits = { texts: 0, executions: 0, counted }
    const frequent = await resolveFilter(ALL, asked({ days: 'all', q: 'rundll32' }), limits)
    const { total, complete } = await countByTime(ALL, frequent)
    return [total, complete]
  }
  expect(await count(1)).toEqual([1, false])
  const [all] = await count(100)
  expect(await count(100)).toEqual([all, true])
})
test('a process is found by its GUID and by a hash of its image, however they are written', async () => {
  expect(await lines({ q: `{${GUID.toUpperCase()}}` })).toEqual([EXAMPLE_CREATION.commandLine])
  expect(await lines({ q: SHA256.toLowerCase() })).toEqual([EXAMPLE_CREATION.commandLine])
})
test('a process that two sensors reported is one row, found by what either of them says', async () => {
  expect(await search({ q: 'twin.dll' })).toHaveLength(1)
  expect(await search({ user: 'grace' })).toMatchObject([{ sensor: 'security', user: 'CORP\\grace' }])
  expect(await search({ sensor: 'sysmon', q: 'twin.dll' })).toMatchObject([
    { sensor: 'sysmon', user: 'CORP\\grace' },
  ])
})
test('host, binary, parent and image narrow the search', async () => {
  expect(await lines({ host: 'srv-1' })).toEqual(['rundll32.exe secret.dll,Go'])
  expect(
    await lines({
      host: 'SRV-1.corp.example',
      binary: 'rundll32.exe',
      parent: 'explorer',
      image: 'system32\\rundll32',
    }),
  ).toHaveLength(1)
  expect(await lines({ binary: 'regsvr32.exe' })).toEqual([])
})
test('a host group leaves in the hosts that are in it now, in the list as in the counts', async () => {
  const within = await lines({ group: 'Workstations' })
  expect(within).toHaveLength(3)
  expect(within).not.toContain('rundll32.exe secret.dll,Go')
  expect(await lines({ group: 'Workstations', host: 'srv-1' })).toEqual([])
  expect(await lines({ group: 'no such group' })).toEqual([])
  for (const q of ['', 'rundll32']) {
    const counted = await countByTime(
      ALL,
      await resolveFilter(ALL, asked({ days: 'all', group: 'Workstations', q })),
    )
    // what is counted by day is computed by the worker, which this test does without
    expect(counted.total).toBe(q === '' ? 0 : 3)
  }
})
test('times keep their microseconds: a window that starts at the second an execution began leaves out the one before', async () => {
  expect(await lines({ from: '2026-01-05T09:00:30' })).toHaveLength(1)
  expect(await lines({ from: '2026-01-05T09:00:31' })).toEqual([])
  expect(await lines({ to: '2026-01-04' })).toEqual([])
})
test("an account that may see one group sees nothing of another group's hosts, in the list, the counts, the record or its original", async () => {
  const scope: Scope = { kind: 'groups', groupIds: [groupId] }
  expect(await lines({ q: 'secret.dll' }, scope)).toEqual([])
  expect(
    (await countByTime(scope, await resolveFilter(scope, asked({ days: 'all', q: 'rundll32' })))).total,
  ).toBe(3)
  const [secret] = await search({ q: 'secret.dll' })
  if (!secret) throw new Error('the row is missing')
  expect(await findExecution(scope, secret)).toBeNull()
  const record = (await findExecution(ALL, secret))?.records[0]
  if (!record) throw new Error('the record is missing')
  expect(await findOriginal(scope, record)).toBeNull()
  expect(await findOriginal(ALL, record)).toBe('{"key":"elsewhere"}')
})
test('an execution shows every record of its process, its parent and its children', async () => {
  const [twin] = await search({ q: 'twin.dll' })
  if (!twin) throw new Error('the row is missing')
  expect((await findExecution(ALL, twin))?.records.map(({ sensor }) => sensor)).toEqual([
    'sysmon',
    'security',
  ])
  const [plain] = await search({ q: GUID })
  const record = plain && (await findExecution(ALL, plain))?.records[0]
  if (!record) throw new Error('the record is missing')
  const lineage = await findLineage(ALL, record)
  expect(lineage.ancestors.map(({ image }) => image)).toEqual(['C:\\Windows\\explorer.exe'])
  expect(lineage.children.map(({ image }) => image)).toEqual(['C:\\Windows\\System32\\cmd.exe'])
  expect(lineage.siblings.map(({ pid }) => pid)).toEqual(['102', '103'])
})
test('paging gives each execution exactly once, in order, also where times are equal', async () => {
  const many = Array.from({ length: 23 }, (_, index) => ({
    ...EXAMPLE_CREATION,
    recordKey: `page ${index}`,
    host: index % 2 === 0 ? 'ws-1.corp.example' : 'ws-2.corp.example',
    pid: 1000 + index,
    time: at(100 + Math.floor(index / 9)),
    commandLine: `rundll32.exe page.dll,Go ${index}`,
  }))
  await storeCreations(many)
  const filter = await resolveFilter(ALL, asked({ days: 'all', q: 'page.dll' }))
  const whole = (await searchExecutions(ALL, filter, { after: null, pageSize: 100 })).rows.map(
    writeExecutionKey,
  )
  expect(whole).toHaveLength(many.length)
  for (const pageSize of [1, 4, 22, 23]) {
    const read: string[] = []
    let after: ExecutionKey | null = null
    do {
      const page = await searchExecutions(ALL, filter, { after, pageSize })
      read.push(...page.rows.map(writeExecutionKey))
      after = page.next && readExecutionKey(writeExecutionKey(page.next))
    } while (after)
    expect(read).toEqual(whole)
  }
})
test('no URL makes the search fail', async () => {
  const value = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.stringMatching(/^-?\d{1,25}$/),
    fc.constantFrom('2026-01-31', '9999-99-99', '%', '\\'),
  )
  const names = fc.constantFrom(
    'q',
    'binary',
    'host',
    'user',
    'parent',
    'image',
    'pattern',
    'signature',
    'deviation',
    'file',
    'sensor',
    'score',
    'from',
    'to',
    'days',
    'sort',
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, value, { maxKeys: 5 }), value, async (params, cursor) => {
      const filter = await resolveFilter(ALL, toExecutionFilter(parseExecutionRequest(params), '2026-01-31'))
      await searchExecutions(ALL, filter, { after: readExecutionKey(cursor), pageSize: 50 })
      await countByTime(ALL, filter)
    }),
    { numRuns: 60 },
  )
})
