import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { APIRequestContext } from '@playwright/test'
import { sharedKey } from './keys'
import { ndjson, sysmonCreation, unique } from './logs'
import { expect, test } from './test'

/** The programs that organisations run, where this machine has them. */

test.describe.configure({ mode: 'serial' })

const EVENTS = 200
const keys = { ingest: '', read: '' }
let folder = ''
let running: ChildProcess | null = null

test.beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-shipper-'))
})
test.afterEach(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

test('an administrator makes their key', async ({ signInAs }) => {
  const page = await signInAs('admin')
  keys.ingest = await sharedKey(page, 'ingest')
  keys.read = await sharedKey(page, 'read')
})

test('curl sends a packed file', async ({ baseURL, request }) => {
  test.skip(!has('curl'), 'no curl on this machine')
  const { records } = newEvents()
  const file = path.join(folder, 'events.ndjson.gz')
  writeFileSync(file, gzipSync(ndjson(records)))
  const key = `Authorization: Bearer ${keys.ingest}`
  const args = ['--silent', '--fail', '-H', key, '-H', 'Content-Encoding: gzip', '--data-binary', `@${file}`]
  const answer = execFileSync('curl', [...args, `${baseURL}/api/ingest/v1/events`], { encoding: 'utf8' })
  expect(JSON.parse(answer)).toMatchObject({ received: EVENTS, executions: EVENTS })
  await expectStored(request, records)
})

test('rsyslog delivers every event, and keeps aside the one that is none', async ({ baseURL, request }) => {
  const modules = [
    '/usr/lib/x86_64-linux-gnu/rsyslog',
    '/usr/lib/aarch64-linux-gnu/rsyslog',
    '/usr/lib64/rsyslog',
  ]
  const isThere =
    has('rsyslogd') && modules.some((place) => existsSync(path.join(place, 'omelasticsearch.so')))
  test.skip(!isThere, 'no rsyslog with omelasticsearch on this machine')
  const { records, file } = newEvents('{"nothing":1}\n')
  const { hostname, port } = new URL(baseURL ?? '')
  const refused = path.join(folder, 'refused.json')
  start('rsyslogd', (config) => ['-n', '-f', config, '-i', path.join(folder, 'pid')], [
    `global(workDirectory="${folder}" maxMessageSize="256k")`,
    'module(load="imfile" mode="polling" pollingInterval="1")',
    'module(load="omelasticsearch")',
    'template(name="event" type="string" string="%msg%")',
    `input(type="imfile" file="${file}" tag="windows")`,
    `action(type="omelasticsearch" server="http://${hostname}" serverport="${port}" usehttps="off" uid="cordon" pwd="${keys.ingest}" template="event"`,
    `  searchIndex="cordon" searchType="" bulkmode="on" errorfile="${refused}" erroronly="on" action.resumeRetryCount="-1")`,
  ])
  await expect.poll(() => existsSync(refused)).toBe(true)
  await stop()
  await expectStored(request, records)
})

test('syslog-ng delivers every event', async ({ baseURL, request }) => {
  test.skip(!has('syslog-ng'), 'no syslog-ng on this machine')
  const { records, file, host } = newEvents()
  const own = (name: string) => path.join(folder, name)
  start(
    'syslog-ng',
    (config) => [
      '-F',
      '-f',
      config,
      '-R',
      own('persist'),
      '--pidfile',
      own('pid'),
      '--control',
      own('control'),
    ],
    [
      '@version: 3.35',
      `source s_events { file("${file}" flags(no-parse) follow-freq(1) log-msg-size(262144)); };`,
      `destination d_cordon { http(url("${baseURL}/_bulk") method("POST") headers("Content-Type: application/x-ndjson") user("cordon") password("${keys.ingest}")`,
      `  body('{"index":{"_index":"cordon"}}\n\${MESSAGE}') body-suffix("\n") delimiter("\n") batch-lines(1000) batch-timeout(2000)); };`,
      'log { source(s_events); destination(d_cordon); };',
    ],
  )
  await expect.poll(() => isKnown(request, host)).toBe(true)
  await stop()
  await expectStored(request, records)
})

function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

/** Events of a host of their own, and a file of them. */
function newEvents(more = '') {
  const host = unique('program')
  const records = Array.from({ length: EVENTS }, (_, number) =>
    sysmonCreation({ host, commandLine: `rundll32.exe shipped.dll,${number}` }),
  )
  const file = path.join(folder, 'events.ndjson')
  writeFileSync(file, `${ndjson(records)}${more}`)
  return { host, records, file }
}

function start(program: string, args: (config: string) => string[], config: readonly string[]): void {
  const file = path.join(folder, 'shipper.conf')
  writeFileSync(file, `${config.join('\n')}\n`)
  running = spawn(program, args(file), { stdio: 'ignore' })
}

async function stop(): Promise<void> {
  if (running !== null && running.exitCode === null && running.signalCode === null) {
    const ended = once(running, 'exit')
    running.kill('SIGTERM')
    await ended
  }
  running = null
}

async function isKnown(request: APIRequestContext, host: string): Promise<boolean> {
  const answer = await request.get(`/api/search?q=${host}`, {
    headers: { authorization: `Bearer ${keys.read}` },
  })
  return (await answer.text()).includes(host)
}

/** Sending them once more adds nothing. */
async function expectStored(request: APIRequestContext, records: readonly unknown[]): Promise<void> {
  const headers = { authorization: `Bearer ${keys.ingest}` }
  const again = await request.post('/api/ingest/v1/events', { headers, data: ndjson(records) })
  expect(await again.json()).toMatchObject({ received: EVENTS, executions: 0, duplicates: EVENTS })
}
