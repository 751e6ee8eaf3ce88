import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { Client } from '@elastic/elasticsearch'
import { sharedKey } from './keys'
import { sysmonCreation, unique } from './logs'
import { expect, test } from './test'

test.describe.configure({ mode: 'serial' })

const keys = { ingest: '', read: '' }
const MEGABYTE = 1024 * 1024

test('an administrator makes a key for a shipper, and one that may not send', async ({ signInAs }) => {
  const page = await signInAs('admin')
  keys.ingest = await sharedKey(page, 'ingest')
  keys.read = await sharedKey(page, 'read')
})

function creations(count: number, host = unique('shipper')) {
  return Array.from({ length: count }, (_, number) =>
    sysmonCreation({ host, commandLine: `rundll32.exe shipped.dll,${number}` }),
  )
}
const bulk = (documents: readonly unknown[]) =>
  documents.map((document) => `{"create":{"_index":"winlogbeat"}}\n${JSON.stringify(document)}\n`).join('')

type Answer = { status: number; headers: IncomingMessage['headers']; body: string }
type Sent = { path: string; headers?: Record<string, string>; method?: string }

/** A request whose body is written by hand. */
function begin(baseURL: string | undefined, { path, headers = {}, method = 'POST' }: Sent) {
  const sent = httpRequest(new URL(path, baseURL), {
    method,
    // a connection of its own: a kept one may be closed by the server at this very moment
    agent: false,
    headers: { authorization: `Bearer ${keys.ingest}`, ...headers },
  })
  const answer: Promise<Answer> = once(sent, 'response').then(async ([response]: IncomingMessage[]) => ({
    status: response?.statusCode ?? 0,
    headers: response?.headers ?? {},
    body: response ? await text(response) : '',
  }))
  return { sent, answer }
}

function send(baseURL: string | undefined, sent: Sent, body: string | Uint8Array): Promise<Answer> {
  const { sent: request, answer } = begin(baseURL, sent)
  request.end(body)
  return answer
}

test('Elasticsearch’s own client stores events, each once however often it sends them, and is told which it cannot', async ({
  baseURL,
}) => {
  const client = new Client({ node: baseURL ?? '', auth: { apiKey: { id: 'any', api_key: keys.ingest } } })
  expect((await client.info()).version.number).toBe('8.9.0')
  const events = creations(700)
  const refused: unknown[] = []
  const ship = () =>
    client.helpers.bulk({
      datasource: [...events, { message: 'no event' }],
      onDocument: () => ({ create: { _index: 'winlogbeat' } }),
      onDrop: ({ document }) => refused.push(document),
      flushBytes: 100_000,
      concurrency: 4,
    })
  expect(await ship()).toMatchObject({ total: 701, successful: 700, failed: 1, retry: 0 })
  expect(await ship()).toMatchObject({ successful: 700, failed: 1 })
  expect(refused).toEqual([{ message: 'no event' }, { message: 'no event' }])
  const again = await send(
    baseURL,
    { path: '/api/ingest/v1/events' },
    events.map((event) => JSON.stringify(event)).join('\n'),
  )
  expect(JSON.parse(again.body)).toMatchObject({ received: 700, executions: 0, duplicates: 700 })
  await client.close()
})

test('a client that is given a path below ours finds the banner there, and a slash at an address’s end changes nothing', async ({
  baseURL,
}) => {
  const node = `${baseURL}/api/ingest/elasticsearch`
  const client = new Client({ node, auth: { apiKey: { id: 'any', api_key: keys.ingest } } })
  expect((await client.info()).version.number).toBe('8.9.0')
  await client.close()
  const [event] = creations(1)
  const asSplunk = { authorization: `Splunk ${keys.ingest}` }
  for (const sent of [
    { path: '/_bulk/', body: bulk([event]) },
    { path: '/winlogbeat/_bulk/', body: bulk([event]) },
    { path: '/services/collector/', body: JSON.stringify({ event }), headers: asSplunk },
    { path: '/services/collector/event/', body: JSON.stringify({ event }), headers: asSplunk },
    { path: '/api/ingest/v1/events/', body: JSON.stringify(event) },
  ]) {
    const { body, ...where } = sent
    expect([where.path, (await send(baseURL, where, body)).status]).toEqual([where.path, 200])
  }
  for (const path of ['/_license/', '/_cluster/health/', '/services/collector/health/', '/api/health/'])
    expect([path, (await send(baseURL, { path, method: 'GET' }, '')).status]).toEqual([path, 200])
  const page = await send(baseURL, { path: '/hosts/?q=a', method: 'GET' }, '')
  expect([page.status, page.headers.location]).toEqual([308, '/hosts?q=a'])
})

test('the client tells a wrong key from one that may not send', async ({ baseURL }) => {
  for (const [apiKey, statusCode] of [
    ['cordon_wrong', 401],
    [keys.read, 403],
  ] as const) {
    const client = new Client({ node: baseURL ?? '', auth: { username: 'any', password: apiKey } })
    await expect(client.bulk({ operations: [{ create: {} }, {}] })).rejects.toMatchObject({ statusCode })
    await client.close()
  }
})

test('at the root a browser gets the pages, and a shipper its banner', async ({
  baseURL,
  request,
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await page.goto('/')
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.setExtraHTTPHeaders({ authorization: 'Basic cHJveHk6cHJveHk=' })
  await page.reload()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  const asked = await request.get('/', {
    headers: { accept: 'application/json', authorization: `ApiKey ${keys.ingest}` },
  })
  expect(await asked.json()).toMatchObject({ version: { number: '8.9.0' } })
  expect(asked.headers()['x-elastic-product']).toBe('Elasticsearch')
  for (const path of [
    '/',
    '/_license',
    '/_ilm/policy/winlogbeat',
    '/_nodes/http',
    '/_cluster/health',
    '/_cat/health',
  ])
    expect([path, (await send(baseURL, { path, method: 'HEAD' }, '')).status]).toEqual([path, 200])
  expect(await (await send(baseURL, { path: '/_index_template/winlogbeat', method: 'PUT' }, '{}')).body).toBe(
    '{"acknowledged":true}',
  )
})

for (const [path, encode, count] of [
  ['/_bulk', bulk, (body: string) => JSON.parse(body).items.length],
  ['/%3Cwinlogbeat-%7Bnow%2Fd%7D%3E/_bulk', bulk, (body: string) => JSON.parse(body).items.length],
  ['/api/ingest/v1/events', lines, (body: string) => JSON.parse(body).received],
] as const)
  test(`a body of more than 10 MB to ${path} arrives whole`, async ({ baseURL }) => {
    const filler = 'x'.repeat(30_000)
    const events = Array.from({ length: 500 }, (_, number) => ({
      EventID: 4624,
      Channel: 'Security',
      TimeCreated: new Date().toISOString(),
      number,
      filler,
    }))
    const body = encode(events)
    expect(body.length).toBeGreaterThan(14 * MEGABYTE)
    const answer = await send(baseURL, { path }, body)
    expect([answer.status, answer.status === 200 && count(answer.body)]).toEqual([200, 500])
  })

function lines(documents: readonly unknown[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('')
}

test('the collector takes events in envelopes and a raw log, and answers in its own codes', async ({
  baseURL,
}) => {
  const collector = '/services/collector'
  const asSplunk = { authorization: `Splunk ${keys.ingest}` }
  const events = creations(30)
  const envelopes = events
    .map((event) => JSON.stringify({ event, host: 'forwarder', time: Date.now() / 1000 }))
    .join('')
  const codeOf = async (
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string> = asSplunk,
  ) => {
    const answer = await send(baseURL, { path, headers }, body)
    return [answer.status, JSON.parse(answer.body).code]
  }
  expect(await codeOf(`${collector}/event/1.0`, envelopes)).toEqual([200, 0])
  expect(await codeOf(collector, gzipSync(envelopes), { ...asSplunk, 'content-encoding': 'gzip' })).toEqual([
    200, 0,
  ])
  expect(await codeOf(`${collector}/raw`, lines(events))).toEqual([200, 0])
  const again = await send(baseURL, { path: '/api/ingest/v1/events' }, lines(events))
  expect(JSON.parse(again.body)).toMatchObject({ executions: 0, duplicates: 30 })
  expect(await codeOf(collector, envelopes, { authorization: '' })).toEqual([401, 3])
  expect(await codeOf(collector, envelopes, { authorization: 'Splunk wrong' })).toEqual([401, 3])
  expect(await codeOf(collector, envelopes, { authorization: `Splunk ${keys.read}` })).toEqual([403, 1])
  expect(await codeOf(collector, '')).toEqual([400, 5])
  expect(await codeOf(collector, '{"event":')).toEqual([400, 6])
  expect(await codeOf(`${collector}/ack?channel=1`, '{"acks":[1]}')).toEqual([400, 14])
  const health = await send(baseURL, { path: `${collector}/health/1.0`, method: 'GET' }, '')
  expect([health.status, JSON.parse(health.body).code]).toEqual([200, 17])
})

test('an action that is none, a packing that is not read and too large a body are refused in Elasticsearch’s words', async ({
  baseURL,
}) => {
  const refused = async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
    const answer = await send(baseURL, { path: '/_bulk', headers }, body)
    return { ...JSON.parse(answer.body), answered: answer.status }
  }
  expect(await refused('{"create":{}}\n{}\nnonsense\n')).toMatchObject({
    answered: 400,
    error: { reason: expect.stringContaining('[3]') },
  })
  expect(await refused('x', { 'content-encoding': 'zstd' })).toMatchObject({ answered: 415, status: 415 })
  const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE))
  expect(await refused(bomb, { 'content-encoding': 'gzip' })).toMatchObject({ answered: 413, status: 413 })
})

test('while one request holds too much the next is asked to come again, and is taken once the first is done', async ({
  baseURL,
}) => {
  const first = begin(baseURL, { path: '/_bulk' })
  // blank lines are read and held back: nothing is stored until the request ends
  const blank = Buffer.from(`${' '.repeat(1023)}\n`.repeat(1024))
  for (let sent = 0; sent < 66; sent++) if (!first.sent.write(blank)) await once(first.sent, 'drain')
  const [event] = creations(1)
  const attempt = () => send(baseURL, { path: '/_bulk' }, bulk([event]))
  await expect.poll(async () => (await attempt()).status).toBe(429)
  const refused = await attempt()
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(JSON.parse(refused.body)).toMatchObject({ status: 429 })
  const hec = await send(
    baseURL,
    { path: '/services/collector', headers: { authorization: `Splunk ${keys.ingest}` } },
    JSON.stringify({ event }),
  )
  expect([hec.status, JSON.parse(hec.body).code, hec.headers['retry-after']]).toEqual([503, 9, '5'])
  first.sent.end(bulk(creations(1)))
  expect((await first.answer).status).toBe(200)
  expect(JSON.parse((await attempt()).body)).toMatchObject({
    errors: false,
    items: [{ create: { status: 201 } }],
  })
})
