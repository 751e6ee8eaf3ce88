import { gzipSync } from 'node:zlib'
import Ajv2020 from 'ajv/dist/2020.js'
import { type Scope, sharedKey } from './keys'
import { ndjson, sysmonCreation, unique } from './logs'
import { expect, open, test } from './test'

test.describe.configure({ mode: 'serial' })

type Body = Record<string, { schema: Record<string, unknown> }>
type Operation = {
  operationId: string
  security?: Record<string, string[]>[]
  responses: Record<string, { content?: Body }>
}
type Asked = { by?: Scope | 'admin'; query?: string; body?: BodyInit; headers?: Record<string, string> }

/** An id that nothing has. */
const NOWHERE = '00000000-0000-4000-8000-000000000000'
// what is of a format is of a type: the formats themselves are zod's business
const ajv = new Ajv2020({ strict: false, validateFormats: false })
const operations = new Map<string, { method: string; path: string; operation: Operation }>()
const exercised = new Set<string>()
const headersOf: Record<Scope | 'admin', Record<string, string>> = {
  ingest: {},
  read: {},
  export: {},
  admin: {},
}
let site = ''

test('whoever may ask is there to ask, and the document names its operations', async ({
  signInAs,
  request,
  baseURL,
}) => {
  site = baseURL ?? ''
  const admin = await signInAs('admin')
  for (const scope of ['ingest', 'read', 'export'] as const)
    headersOf[scope] = { authorization: `Bearer ${await sharedKey(admin, scope)}` }
  const cookies = await admin.context().cookies()
  headersOf.admin = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), origin: site }
  const document = (await (await request.get('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      operations.set(operation.operationId, { method: method.toUpperCase(), path, operation })
  expect(operations.size).toBeGreaterThan(20)
})

/** Asks an operation, checks that the document describes the answer, and gives its JSON. */
async function ask(
  id: string,
  status: number,
  segments: Record<string, string>,
  { by, query = '', body, headers = {} }: Asked = {},
): Promise<Record<string, unknown>> {
  const found = operations.get(id)
  if (found === undefined) throw new Error(`There is no operation ${id}.`)
  const path = found.path.replace(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? NOWHERE)
  const reading = new AbortController()
  const answer = await fetch(`${site}${path}${query}`, {
    method: found.method,
    headers: { ...(by && headersOf[by]), ...headers },
    ...(body !== undefined && { body }),
    signal: reading.signal,
  })
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  const text = type === 'text/event-stream' ? '' : await answer.text()
  const where = `${id} ${query} answered ${answer.status} ${type}: ${text.slice(0, 300)}`
  expect(answer.status, where).toBe(status)
  const described = found.operation.responses[String(status)]
  expect(described, where).toBeDefined()
  const content = described?.content ?? {}
  if (Object.keys(content).length === 0) expect(text, where).toBe('')
  else expect(Object.keys(content), where).toContain(type)
  if (type === 'text/event-stream') reading.abort()
  if (type !== 'application/json') return {}
  const value: unknown = JSON.parse(text)
  const isValid = ajv.compile(content[type]?.schema ?? false)
  expect(isValid(value), `${where}\n${ajv.errorsText(isValid.errors)}`).toBe(true)
  if (status < 400) exercised.add(id)
  return value as Record<string, unknown>
}

/** The same for an answer that is no JSON, or none at all. */
async function askFile(...asked: Parameters<typeof ask>): Promise<void> {
  await ask(...asked)
  exercised.add(asked[0])
}

test('events and uploads answer as the document says, also where they are refused', async () => {
  const record = () => sysmonCreation({ host: unique('openapi'), commandLine: 'rundll32.exe a.dll,b' })
  const by = 'ingest'
  await ask('sendEvents', 200, {}, { by, body: `${JSON.stringify(record())}\n{"torn\n` })
  await ask('sendEvents', 400, {}, { by, body: 'x', headers: { 'content-encoding': 'gzip' } })
  await ask('sendEvents', 415, {}, { by, body: 'x', headers: { 'content-encoding': 'br' } })
  await ask('sendEvents', 403, {}, { by: 'read', body: 'x' })
  await ask('uploadFile', 400, {}, { by, body: 'x' })
  const name = `${unique('openapi')}.ndjson`
  const query = `?name=${name}`
  const file = new Uint8Array(ndjson([record(), { no: 'event' }]))
  const { id } = await ask('uploadFile', 202, {}, { by, query, body: file })
  const upload = { id: String(id) }
  await expect.poll(async () => (await ask('getUpload', 200, upload, { by }))['state']).toBe('done')
  await ask('getUpload', 404, {}, { by })
  await ask('getUpload', 400, { id: 'x' }, { by })
  await ask('cancelUpload', 409, upload, { by })
  await ask('cancelUpload', 409, {}, { by })
  await askFile('exportRejections', 200, upload, { by: 'export' })
  await ask('exportRejections', 404, {}, { by: 'export' })

  const resumable = { by, query: `?name=p-${name}&size=${file.length}&fingerprint=1` } as const
  const { id: opened } = await ask('openUpload', 201, {}, resumable)
  const piece = { id: String(opened) }
  await ask('sendPiece', 409, piece, { by, query: '?offset=7', body: file })
  await ask('sendPiece', 200, piece, { by, query: '?offset=0', body: file })
  await ask('sendPiece', 404, {}, { by, query: '?offset=0', body: file })
  const { id: other } = await ask(
    'openUpload',
    201,
    {},
    { by, query: `?name=c-${name}&size=9&fingerprint=2` },
  )
  await askFile('cancelUpload', 204, { id: String(other) }, { by })
})

test('what is read answers as the document says', async () => {
  const exports = operations.get('export')?.operation as unknown as {
    parameters: { name: string; schema: { enum?: string[] } }[]
  }
  const names = exports.parameters[0]?.schema.enum ?? []
  expect(names).toContain('executions.csv')
  expect(exports.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['from', 'to', 'binary', 'host']),
  )
  for (const by of ['admin', 'export'] as const)
    for (const name of names) await askFile('export', 200, { name }, { by })
  await askFile('export', 200, { name: 'hosts.csv' }, { by: 'export', query: '?gzip=1' })
  await ask('export', 404, { name: 'no-such.csv' }, { by: 'export' })
  for (const name of ['cm0091.pdf', 'week.pdf']) await askFile('report', 200, { name }, { by: 'export' })
  await ask('report', 404, { name: 'no-such.pdf' }, { by: 'export' })
  for (const set of ['policies', 'detections', 'collection'])
    await askFile('exportPolicies', 200, { set }, { by: 'export' })
  await ask('exportPolicies', 404, { set: 'collection' }, { by: 'export', query: '?path=no/such' })
  await ask('exportPolicies', 400, { set: 'no-such' }, { by: 'export' })
  await ask('exportPolicies', 400, { set: 'policies' }, { by: 'export', query: '?version=99999999999' })
  await ask('report', 404, { name: 'binary.pdf' }, { by: 'export', query: '?binary=%00' })
  await ask('search', 200, {}, { by: 'read', query: '?q=rundll32' })
  await ask('search', 400, {}, { by: 'read', query: '?q=r' })
  await ask('waiting', 200, {}, { by: 'read' })
  await ask('deviationChanges', 200, {}, { by: 'admin', query: '?since=0' })
  await ask('deviationChanges', 400, {}, { by: 'admin', query: '?since=x' })
  await askFile('live', 200, {}, { by: 'admin' })
  await ask('live', 403, {}, { by: 'read' })
  await askFile('metrics', 200, {}, { by: 'read' })
  await ask('health', 200, {})
  await ask('health', 200, {}, { query: '?check=live' })
  await ask('openApi', 200, {})
})

test('what administrators look at before they load it answers as the document says', async () => {
  const set = unique('openapi')
  const rule = [
    `title: ${set}`,
    `id: ${set}`,
    'level: low',
    'logsource: {category: process_creation, product: windows}',
    `detection: {selection: {CommandLine|contains: ${set}}, condition: selection}`,
  ].join('\n')
  const files = {
    files: [
      { path: 'a.yml', text: rule },
      { path: 'torn.yml', text: 'title: [' },
    ],
  }
  const asked = {
    by: 'admin',
    body: JSON.stringify(files),
    headers: { 'content-type': 'application/json' },
  } as const
  const query = `?set=${set}&replace=no&source=a.yml`
  const { version } = await ask('previewSigmaRules', 200, {}, { ...asked, query })
  await ask('loadSigmaRules', 409, {}, { ...asked, query: `${query}&version=another` })
  await ask('loadSigmaRules', 200, {}, { ...asked, query: `${query}&version=${version}` })
  await ask('previewSigmaRules', 400, {}, asked)
  const lolbas = JSON.stringify([{ Name: `${set}.exe`, Description: 'x', Commands: [], Full_Path: [] }])
  await ask('previewLolbas', 200, {}, { ...asked, body: lolbas, query: '?name=lolbas.json' })
  await ask('previewLolbas', 200, {}, { ...asked, body: '{', query: '?name=lolbas.json' })
  await ask('previewLolbas', 400, {}, { ...asked, body: lolbas })
})

test('shippers are answered as the document says', async () => {
  const by = 'ingest'
  const body = `{"create":{}}\n${JSON.stringify(sysmonCreation({ host: unique('openapi'), commandLine: 'rundll32.exe a.dll,b' }))}\n`
  const index = { index: 'winlogbeat' }
  await ask('elasticsearchBulk', 200, {}, { by, body })
  await ask('elasticsearchPutBulk', 200, {}, { by, body })
  await ask('elasticsearchIndexBulk', 200, index, {
    by,
    body: new Uint8Array(gzipSync(body)),
    headers: { 'content-encoding': 'gzip' },
  })
  await ask('elasticsearchIndexPutBulk', 200, index, { by, body })
  await ask('elasticsearchBulk', 403, {}, { by: 'read', body })
  await ask('elasticsearchBulk', 415, {}, { by, body, headers: { 'content-encoding': 'br' } })
  await ask('elasticsearchBanner', 200, {}, { by })
  await ask('elasticsearchQuestion', 200, { path: '_license' }, { by })
  await ask('elasticsearchSetUp', 200, { path: '_ilm/policy/winlogbeat' }, { by, body: '{}' })
  const event = JSON.stringify({
    event: sysmonCreation({ host: unique('openapi'), commandLine: 'rundll32.exe a.dll,b' }),
  })
  await ask('splunkCollector', 200, { path: 'event' }, { by, body: event })
  await ask('splunkCollector', 400, { path: 'event' }, { by, body: '{}' })
  await ask('splunkCollector', 403, { path: 'event' }, { by: 'read', body: event })
  await ask('splunkHealth', 200, { path: 'health' })
})

test('whoever names no key is refused as the document says, and no operation was left out', async () => {
  for (const [id, { method, operation }] of operations) {
    if (operation.security?.length === 0) continue
    const body = method === 'GET' ? {} : { body: 'x', headers: { origin: site } }
    await ask(id, 401, { name: 'hosts.csv', set: 'policies', path: 'event', index: 'x' }, body)
    if (operation.security?.some((one) => 'key' in one))
      await ask(
        id,
        401,
        { name: 'hosts.csv', set: 'policies', path: 'event', index: 'x' },
        {
          ...body,
          headers: { authorization: `Bearer cordon_${'x'.repeat(43)}` },
        },
      )
  }
  expect([...operations.keys()].filter((id) => !exercised.has(id))).toEqual([])
})

test('people read the same on a page', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await open(page, '/settings/api')
  const headings = await page.getByRole('main').locator('h2').allInnerTexts()
  const shown = headings.map((text) => text.replaceAll(/\s+/g, ' ').trim())
  expect(shown).toEqual(
    expect.arrayContaining([...operations.values()].map(({ method, path }) => `${method} ${path}`)),
  )
  await expect(page.getByRole('link', { name: 'OpenAPI 3.1' })).toHaveAttribute('href', '/api/openapi.json')
})
