import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type Actor, systemActor } from '@/lib/pipeline/actor'
import { type ExportName, exportCsv } from '@/lib/store/exports/registry'
import { pool } from '@/lib/store/pool'
import { HOST_SORTS, listHosts } from '@/lib/store/screens/hosts'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { withTestDatabase } from '@/lib/store/test-database'
import { createAccount } from './create-account'
import { exampleProposal } from './decision/example-decisions'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'

const HOSTILE = 'mshta.exe "a,b"\nC:\\Apps\\"quoted".hta\t\u202e;'
const FORMULA = "=cmd|' /C calc'!A0"
const MSHTA = 'C:\\Windows\\System32\\mshta.exe'

withTestDatabase()
beforeAll(async () => {
  await ingestExamples(pool(), [
    { host: 'ws-1', at: '2026-01-05T10:00:00.123Z', image: MSHTA, commandLine: HOSTILE, recordId: '41' },
    { host: 'ws-1', at: '2026-01-05T11:00:00Z', image: MSHTA, commandLine: FORMULA, user: '@SUM(A1)' },
    { host: 'ws-2', at: '2026-01-06T11:00:00Z', image: MSHTA, commandLine: 'mshta.exe C:\\Apps\\form.hta' },
  ])
  await pool().query("INSERT INTO host_group (id, name) VALUES (1, 'Tills')")
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, 1, '1970-01-01' FROM host WHERE name = 'ws-2'",
  )
  await recompute(pool())
  const account = {
    email: 'ada@example.org',
    name: '-ada',
    role: 'responder',
    password: 'a long enough one',
  } as const
  const accountId = await createAccount(systemActor('test'), account)
  const ada: Actor = { kind: 'account', accountId, ...account, scope: { kind: 'all' } }
  await exampleProposal(ada, { verdict: 'required', effect: null, control: null, justification: '+one' })
})

async function csvOf(name: ExportName, params: SearchParams = {}, scope: Actor['scope'] = { kind: 'all' }) {
  const pieces: Uint8Array[] = []
  for await (const piece of await exportCsv(name, { scope, judge: null }, params)) pieces.push(piece)
  const text = Buffer.concat(pieces).toString('utf8')
  const rows: Record<string, string>[] = parse(text, { columns: true })
  return { header: text.slice(0, text.indexOf('\r\n')), rows }
}

const HEADERS: Record<ExportName, string> = {
  executions:
    'host,occurred_at,binary,image,command_line,argument_pattern,parent_image,parent_command_line,user,original_file_name,score,deviation_id,triage,source_file,record_id',
  baselines:
    'host,host_group,binary,parent,argument_pattern,first_seen,last_seen,days,hours_of_day,executions,users,highest_score,learned,group_hosts,fleet_hosts',
  binaries:
    'binary,name,tier,counted,named_in_mission,executions,hosts,patterns,parents,open_deviations,highest_score,last_seen,verdict,decision,techniques,countermeasures',
  deviations:
    'id,binary,argument_pattern,state,score,reasons,hosts,executions,first_seen,last_seen,techniques,assignee,note,again',
  decisions:
    'id,binary,verdict,state,scope,justification,proposed_by,proposed_at,decided_by,decided_at,comment,evidence_executions,evidence_hosts,evidence_patterns,evidence_users,evidence_open_deviations,evidence_from,evidence_to,effect,control,exceptions,owner,review_on,expires_on,ticket,batch,rings,where',
  hosts:
    'host,host_group,names,last_seen,sensors,days_covered,process_creations,with_command_line,binaries,executions,open_deviations,highest_score,coverage,gap_days,longest_gap_days,maturity,clock_shift',
  coverage:
    'host,day,sensor,creations,with_command_line,with_parent,with_hash,first_at,last_at,other_events,controls',
  attempts:
    'host,occurred_at,control,outcome,binary,file,rule_id,rule,policy_id,policy,user,command_line,destination,parent_image,parent_command_line,original_file_name,signer,file_hash,source_file,record_id,decision_id',
  modules: 'binary,module,signed,signer,signature_status,executions,hosts,days,first_seen,last_seen,folder',
  destinations:
    'binary,protocol,name,ip,addresses,port,initiated,events,blocked,executions,hosts,days,first_seen,last_seen,counts_as',
  programs: 'binary,program,executions,hosts,days,first_seen,last_seen,folder',
  imports:
    'id,name,channel,state,error,bytes,files,files_rejected,records,processes,executions,executions_duplicate,rejected,host,imported_by,created_at,finished_at',
  audit: 'id,at,actor_kind,actor,action,subject_kind,subject_id,detail,hash',
}

describe('CSV exports', () => {
  test.each(Object.entries(HEADERS))(
    'the columns of %s.csv are a promise, and the guide names them',
    async (name, header) => {
      expect((await csvOf(name as ExportName)).header).toBe(header)
      expect(readFileSync(path.resolve('docs/guides/exports.md'), 'utf8')).toContain(`| ${name} |`)
      expect(readFileSync(path.resolve('docs/guides/exports.md'), 'utf8')).toContain(`\`${header}\``)
    },
  )
  test('quotes, newlines and hidden characters come back as they were', async () => {
    const { rows } = await csvOf('executions')
    const row = rows.find(({ record_id }) => record_id === '41')
    expect(row).toMatchObject({
      host: 'ws-1',
      occurred_at: '2026-01-05T10:00:00.123000Z',
      binary: 'mshta.exe',
      image: MSHTA,
      command_line: HOSTILE,
      source_file: 'examples.json',
    })
  })
  test('nothing that somebody wrote is a formula in a spreadsheet', async () => {
    const { rows } = await csvOf('executions')
    const row = rows.find(({ command_line }) => command_line?.includes('calc'))
    expect(row).toMatchObject({ command_line: `'${FORMULA}`, user: "'@SUM(A1)" })
    const [decision] = (await csvOf('decisions')).rows
    expect(decision).toMatchObject({ justification: "'+one", proposed_by: "'-ada", evidence_executions: '3' })
  })
  test('nor is a cell that a spreadsheet makes of it where semicolons, tabs or lines part cells', async () => {
    const at = ['=1', 'a;=1+2', 'a;"=1+2', '"=1+2', 'b\t@x', 'c\n-2', '\t=3', 'd;e-f', '\uff1dg', 'h;\uff0bi']
    const { rows } = await csvOf('hosts')
    for (const note of at) {
      await pool().query(
        "INSERT INTO host_alias (alias, host_id) SELECT $1, id FROM host WHERE name = 'ws-2'",
        [note],
      )
      const names = (await csvOf('hosts')).rows.find(({ host }) => host === 'ws-2')?.['names'] ?? ''
      await pool().query('DELETE FROM host_alias WHERE alias = $1', [note])
      expect(names).not.toMatch(/^"*[=+@\t\r\n-]|[;\t\r\n]"*[=+@\uff1d\uff0b\uff0d\uff20-]/)
      expect(names.replaceAll("'", '')).toContain(note)
    }
    expect((await csvOf('hosts')).rows).toEqual(rows)
  })
  test('other names of a host are no formula either', async () => {
    await pool().query(
      "INSERT INTO host_alias (alias, host_id) SELECT '=cmd|x', id FROM host WHERE name = 'ws-1'",
    )
    const { rows } = await csvOf('hosts')
    await pool().query("DELETE FROM host_alias WHERE alias = '=cmd|x'")
    expect(rows.map((row) => row['names']).filter((names) => names?.startsWith('='))).toEqual([])
    expect(rows.map((row) => row['names'])).toContain("'=cmd|x ws-1")
  })
  test('coverage says which kinds of events arrived, and has a row for a control’s own log', async () => {
    await pool().query(
      `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at)
       SELECT id, host_id, '2026-01-05', -1, 4, 'applocker', 1, '2026-01-05T00:10:00Z', '2026-01-05T00:20:00Z'
       FROM host_alias WHERE alias = 'ws-1'`,
    )
    const { rows } = await csvOf('coverage', { host: 'ws-1' })
    await pool().query('DELETE FROM telemetry WHERE sensor = -1')
    expect(rows).toMatchObject([
      { sensor: '', creations: '0', other_events: 'attempt', controls: 'applocker' },
      { sensor: 'sysmon', creations: '2', other_events: '', controls: '' },
    ])
  })
  test('a filter of the page is a filter of the export', async () => {
    expect((await csvOf('executions', { host: 'ws-2' })).rows).toHaveLength(1)
    expect((await csvOf('executions', { from: '2026-01-06' })).rows).toHaveLength(1)
    expect((await csvOf('executions', { q: 'quoted' })).rows).toHaveLength(1)
    expect((await csvOf('coverage', { host: ['ws-1', 'ws-2'] })).rows).toHaveLength(2)
    expect((await csvOf('decisions', { state: 'approved' })).rows).toHaveLength(0)
    expect((await csvOf('binaries', { seen: 'yes' })).rows.map(({ binary }) => binary)).toEqual(['mshta.exe'])
  })
  test('a host’s maturity and clock are exported, and when it sent last, whatever it sent and whichever the period', async () => {
    await pool().query(
      `INSERT INTO telemetry (alias_id, host_id, day, sensor, kind, subject, hours, first_at, last_at, least_shift, greatest_shift)
       SELECT id, host_id, '2026-01-05', 2, 0, '', 1, '2026-01-05T10:00:00Z', '2026-01-05T12:00:00Z', -7200, -3600
       FROM host_alias WHERE alias = 'ws-1'`,
    )
    const ofHosts = async (params: SearchParams) =>
      Object.fromEntries(
        (await csvOf('hosts', params)).rows.map(({ host, last_seen, maturity, clock_shift }) => [
          host,
          [last_seen, Number(maturity), clock_shift],
        ]),
      )
    const window = { from: '2026-01-05', to: '2026-01-06' }
    const request = parseTableRequest({}, { sorts: HOST_SORTS, defaultSort: 'name' })
    const page = await listHosts({ kind: 'all' }, request, window)
    const maturityOf = (name: string) => page.rows.find((row) => row.name === name)?.maturity
    expect(await ofHosts(window)).toEqual({
      'ws-1': ['2026-01-05T12:00:00.000000Z', expect.closeTo(maturityOf('ws-1') ?? -1, 3), '-3600'],
      'ws-2': ['2026-01-06T11:00:00.000000Z', expect.closeTo(maturityOf('ws-2') ?? -1, 3), ''],
    })
    const { 'ws-1': silent } = await ofHosts({ from: '2026-01-06', to: '2026-01-06' })
    expect(silent).toEqual(['2026-01-05T12:00:00.000000Z', expect.any(Number), ''])
    await pool().query('DELETE FROM telemetry WHERE least_shift = -7200')
  })
  test('an account has one name in what is exported, however sensors print it', async () => {
    const sid = 'S-1-5-21-1-2-3-1001'
    const ofHost = "host_id = (SELECT id FROM host WHERE name = 'ws-2')"
    await pool().query("UPDATE principal SET sid = $1 WHERE name = 'CORP\\ada'", [sid])
    await pool().query("INSERT INTO principal (id, name, sid) VALUES (1, 'corp\\ADA', $1), (2, NULL, $1)", [
      sid,
    ])
    const { rows: before } = await pool().query(`SELECT principal_id AS id FROM execution WHERE ${ofHost}`)
    await pool().query(`UPDATE execution SET principal_id = 2 WHERE ${ofHost}`)
    const executions = await csvOf('executions', { host: 'ws-2' })
    await pool().query(`UPDATE execution SET principal_id = $1 WHERE ${ofHost}`, [before[0]?.id])
    await pool().query(
      `INSERT INTO usage SELECT (jsonb_populate_record(u, '{"principal_id": 2}')).* FROM usage u WHERE ${ofHost}`,
    )
    const baselines = await csvOf('baselines', { host: 'ws-2' })
    await pool().query('DELETE FROM usage WHERE principal_id = 2')
    expect(executions.rows).toMatchObject([{ user: 'CORP\\ada' }])
    expect(baselines.rows).toMatchObject([{ executions: '2', users: '1' }])
  })
  test('hosts outside the reader’s groups are left out everywhere', async () => {
    const tills = { kind: 'groups', groupIds: [1] } as const
    for (const name of ['executions', 'baselines', 'hosts', 'coverage'] as const) {
      const hosts = (await csvOf(name, {}, tills)).rows.map(({ host }) => host)
      expect([...new Set(hosts)]).toEqual(['ws-2'])
    }
    const [decision] = (await csvOf('decisions', {}, tills)).rows
    expect(decision).toMatchObject({ evidence_executions: '', evidence_hosts: '' })
  })
  test('a decision names its groups, and its hosts to who may see them all', async () => {
    const ids = await pool().query<{ id: number }>("SELECT id FROM host WHERE name = 'ws-1'")
    const at = async (decided: object, scope: Actor['scope']) => {
      await pool().query('UPDATE decision SET scope = $1', [JSON.stringify(decided)])
      return (await csvOf('decisions', {}, scope)).rows.map(({ scope: kind, where }) => [kind, where])
    }
    const [all, tills] = [{ kind: 'all' }, { kind: 'groups', groupIds: [1] }] as const
    const hosts = { kind: 'hosts', ids: ids.rows.map(({ id }) => id) }
    expect(await at({ kind: 'groups', ids: [1] }, tills)).toEqual([['groups', 'Tills']])
    expect(await at(hosts, all)).toEqual([['hosts', 'ws-1']])
    expect(await at(hosts, tills)).toEqual([['hosts', '']])
    expect(await at({ kind: 'fleet' }, all)).toEqual([['fleet', '']])
  })
  test('a reader who goes away frees the connection', async () => {
    for (let round = 0; round < 15; round++) {
      for await (const _piece of await exportCsv('audit', { scope: { kind: 'all' }, judge: null }, {})) break
    }
    expect((await csvOf('hosts')).rows).toHaveLength(2)
  })
  test('so does one who goes away before the first byte', async () => {
    for (let round = 0; round < 8; round++)
      (await exportCsv('audit', { scope: { kind: 'all' }, judge: null }, {})).destroy()
    await expect.poll(async () => (await csvOf('hosts').catch(() => null))?.rows.length).toBe(2)
  })
  test('readers who do not read leave connections to others', async () => {
    // more than any buffer on the way takes
    await pool().query(
      "INSERT INTO host_alias (alias, host_id) SELECT repeat('x', 500) || n, id FROM host, generate_series(1, 2000) n WHERE name = 'ws-2'",
    )
    const started = await Promise.allSettled(
      Array.from({ length: 12 }, () => exportCsv('hosts', { scope: { kind: 'all' }, judge: null }, {})),
    )
    const refused = started.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(8)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'busy' })
    for (const one of started)
      if (one.status === 'fulfilled') for await (const _piece of one.value) void _piece
    expect((await csvOf('executions')).rows).not.toEqual([])
  })
  test('nonsense in the address is ignored, not a failure', async () => {
    const odd = { from: 'yesterday', to: "'; --", page: '-1', host: 'nobody', q: '%_\\' }
    for (const name of Object.keys(HEADERS) as ExportName[])
      await expect(csvOf(name, odd)).resolves.not.toBeInstanceOf(ExpectedError)
  })
  test('nor are days that do not exist, or the ends of time', async () => {
    for (const name of Object.keys(HEADERS) as ExportName[])
      for (const [from, to] of [
        ['2026-02-30', '2026-02-31'],
        ['0000-01-01', '9999-12-31'],
      ] as const)
        await expect(csvOf(name, { from, to })).resolves.toMatchObject({ header: HEADERS[name] })
    expect((await csvOf('executions', { from: '0000-01-01', to: '9999-12-31' })).rows).toHaveLength(3)
  })
  test('a time as the CSV prints it, or of another zone, is a filter', async () => {
    expect((await csvOf('executions', { from: '2026-01-05T11:00:00.000000Z' })).rows).toHaveLength(2)
    expect((await csvOf('executions', { from: '2026-01-05T12:00:00.000001+01:00' })).rows).toHaveLength(1)
    expect((await csvOf('executions', { to: '2026-01-05T10:00:00.123000Z' })).rows).toHaveLength(0)
    expect((await csvOf('coverage', { from: '2026-01-06T08:00:00Z' })).rows).toMatchObject([
      { day: '2026-01-06' },
    ])
  })
})
