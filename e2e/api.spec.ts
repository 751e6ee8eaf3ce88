import { gzipSync } from 'node:zlib'
import type { APIRequestContext } from '@playwright/test'
import { makeKey, sharedKey } from './keys'
import { ndjson, sysmonCreation, unique } from './logs'
import { expect, open, test } from './test'

const EVENTS = '/api/ingest/v1/events'
const UPLOADS = '/api/ingest/v1/uploads'

test.describe.configure({ mode: 'serial' })

const keys = { ingest: '', read: '', export: '' }
let readKey = ''

test('an admin makes a key for each use and sees each secret once', async ({ signInAs }) => {
  const page = await signInAs('admin')
  for (const scope of ['ingest', 'read', 'export'] as const) {
    const { name, secret } = await makeKey(page, scope)
    keys[scope] = secret
    if (scope === 'read') readKey = name
    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row).toContainText(scope)
    await page.reload()
    await expect(row).toBeVisible()
    await expect(page.getByText(keys[scope])).toHaveCount(0)
  }
})

test('events are stored once, plain or packed, and the answer counts them', async ({ request }) => {
  const host = unique('api')
  const lines = ['rundll32.exe a.dll,b', 'rundll32.exe c.dll,d']
  const records = lines.map((commandLine) => sysmonCreation({ host, commandLine }))
  const other = sysmonCreation({ host, commandLine: 'notepad.exe', image: 'notepad.exe' })
  const first = await post(request, ndjson([...records, other]))
  expect(first).toEqual({ received: 3, executions: 2, duplicates: 0, rejections: [] })
  const again = await post(request, gzipSync(ndjson(records)), { 'content-encoding': 'gzip' })
  expect(again).toEqual({ received: 2, executions: 0, duplicates: 2, rejections: [] })
  const more = sysmonCreation({ host, commandLine: 'rundll32.exe e.dll,f' })
  const packed = await post(request, gzipSync(ndjson([more])), { 'content-encoding': 'gzip' })
  expect(packed).toEqual({ received: 1, executions: 1, duplicates: 0, rejections: [] })
})

test('a line that is no event is rejected with its number and reason; its neighbours are kept', async ({
  request,
}) => {
  const record = JSON.stringify(sysmonCreation({ host: unique('api'), commandLine: 'rundll32.exe a.dll,b' }))
  const answer = await post(request, Buffer.from(`{"torn": \n${record}\n`))
  expect(answer).toMatchObject({ executions: 1, duplicates: 0 })
  expect(answer.rejections).toEqual([{ line: 1, reason: expect.stringMatching(/\w/) }])
})

test('a file sent by API is accepted, read by the worker and reported to its end', async ({ request }) => {
  const host = unique('api')
  const name = `${host}.ndjson.gz`
  const records = [1, 2].map((number) =>
    sysmonCreation({ host, commandLine: `rundll32.exe x.dll,${number}` }),
  )
  const answer = await request.post(`${UPLOADS}?name=${name}`, {
    headers: withKey(keys.ingest),
    data: gzipSync(ndjson([...records, { no: 'event' }])),
  })
  expect(answer.status()).toBe(202)
  const { id } = await answer.json()
  const status = async () => (await request.get(`${UPLOADS}/${id}`, { headers: withKey(keys.ingest) })).json()
  await expect.poll(async () => (await status()).state).toBe('done')
  expect(await status()).toMatchObject({
    name,
    error: null,
    records: 3,
    executions: 2,
    executionsDuplicate: 0,
    rejected: 1,
    filesTotal: 1,
    files: [{ state: 'done', format: 'json', records: 3 }],
    rejections: [{ position: 3, reason: expect.stringMatching(/\w/) }],
  })
})

test('without the right key nothing is stored', async ({ request }) => {
  const data = ndjson([sysmonCreation({ host: unique('api'), commandLine: 'rundll32.exe a.dll,b' })])
  const attempts = [
    { headers: {}, status: 401, code: 'unauthenticated' },
    { headers: withKey('crdn_not-a-key'), status: 401, code: 'unauthenticated' },
    { headers: withKey(`${keys.ingest.slice(0, -1)}~`), status: 401, code: 'unauthenticated' },
    { headers: withKey(keys.read), status: 403, code: 'forbidden' },
  ]
  for (const path of [EVENTS, `${UPLOADS}?name=a.ndjson`]) {
    for (const { headers, status, code } of attempts) {
      const answer = await request.post(path, { headers, data })
      expect(answer.status(), `${path} ${JSON.stringify(headers)}`).toBe(status)
      expect(await answer.json()).toEqual({ error: { code, message: expect.stringMatching(/\w/) } })
      expect(answer.headers()['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined)
    }
  }
})

test('what is refused says what to do', async ({ request }) => {
  const nameless = await request.post(UPLOADS, { headers: withKey(keys.ingest), data: 'x' })
  expect((await nameless.json()).error.message).toContain('?name=FILE')
  const unknown = await request.get('/api/exports/nothing.csv', { headers: withKey(keys.export) })
  expect((await unknown.json()).error.message).toContain('executions.csv')
  const nowhere = await request.post('/api/ingest/v2/events', { data: '' })
  expect(nowhere.status()).toBe(404)
  expect((await nowhere.json()).error).toMatchObject({ code: 'not-found' })
})

test('a monitor learns without a key whether pages are served, and why not', async ({ request }) => {
  const ready = await request.get('/api/health')
  expect([ready.status(), await ready.json()]).toEqual([
    200,
    { ok: true, database: 'up', worker: 'up', reasons: [] },
  ])
  expect(await (await request.get('/api/health?check=live')).json()).toEqual({ ok: true })
})

test('Prometheus reads what was ingested, what waits and how long pages take, with a key that reads', async ({
  request,
}) => {
  expect((await request.get('/api/metrics')).status()).toBe(401)
  // the redirect itself, read to its end: who leaves before it is not counted
  await request.get('/deviations/12345?x=secret', { maxRedirects: 0 })
  const read = async () => (await request.get('/api/metrics', { headers: withKey(keys.read) })).text()
  const text = await read()
  expect(text).toMatch(/^cordon_workers 1$/m)
  expect(text).toMatch(/^cordon_ingested_executions_total\{channel="shipper"\} [1-9]\d*$/m)
  // an answer is timed when its last byte has left, which its reader may see first
  await expect
    .poll(read)
    .toMatch(
      /^cordon_http_request_duration_seconds_count\{method="GET",route="\/deviations\/:id",status="\d+"\} \d+$/m,
    )
  expect(await read()).not.toContain('secret')
})

test('asking for the heads of downloads leaves nothing under way', async ({ request, signInAs }) => {
  const secret = await sharedKey(await signInAs('admin'), 'export')
  const [download, headers] = ['/api/exports/hosts.csv', withKey(secret)]
  // more than one key, and than all of them, may have under way
  for (let time = 0; time < 15; time++) expect((await request.head(download, { headers })).status()).toBe(200)
  expect(await (await request.get(download, { headers })).text()).toMatch(/^host,/)
})

test('a key reads no more than its scope, and nothing once it is revoked', async ({ request, signInAs }) => {
  expect((await request.get('/api/exports/decisions.csv', { headers: withKey(keys.ingest) })).status()).toBe(
    403,
  )
  expect((await request.get('/api/search?q=rundll32', { headers: withKey(keys.read) })).status()).toBe(200)
  const page = await signInAs('admin')
  await open(page, '/settings/keys')
  const row = page.getByRole('row').filter({ hasText: readKey })
  await row.getByRole('button', { name: 'Revoke…' }).click()
  const dialog = page.getByRole('dialog', { name: `Revoke ${readKey}` })
  await expect(dialog.getByRole('button', { name: 'Revoke key' })).toBeDisabled()
  await dialog.getByRole('textbox').fill(readKey)
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(row).toContainText('revoked')
  expect((await request.get('/api/search?q=rundll32', { headers: withKey(keys.read) })).status()).toBe(401)
})

test('what the interface answers is described where it answers', async ({ request }) => {
  const document = await (await request.get('/api/openapi.json')).json()
  expect(document.openapi).toMatch(/^3\./)
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining([EVENTS, UPLOADS]))
})

function withKey(key: string) {
  return { authorization: `Bearer ${key}` }
}

async function post(request: APIRequestContext, data: Buffer, headers: Record<string, string> = {}) {
  const answer = await request.post(EVENTS, { headers: { ...withKey(keys.ingest), ...headers }, data })
  expect(answer.status()).toBe(200)
  return answer.json()
}
