import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { afterPages } from '@/lib/pages-under-way'
import { observeRequests } from './observe-requests'

/** Answers that the server has begun and not ended, by path. */
const held = new Map<string, ServerResponse>()
const server = createServer(({ url = '' }, response) => void held.set(url, response))

beforeAll(async () => {
  observeRequests()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** Begins a request, which the server holds. */
async function ask(path: string) {
  const { port } = server.address() as AddressInfo
  const sent = request({ port, path, host: '127.0.0.1' })
  // one that is given up
  sent.on('error', () => undefined)
  sent.end()
  await expect.poll(() => held.has(path)).toBe(true)
  return sent
}

/** Whether a page is being answered, as whoever lets pages go first sees it. */
async function arePagesUnderWay(): Promise<boolean> {
  const turns: string[] = []
  const waited = afterPages().then(() => turns.push('waited'))
  await new Promise((resolve) => setImmediate(resolve))
  const isWaiting = turns.length === 0
  await waited
  return isWaiting
}

test('a page counts as under way until it is answered', async () => {
  const sent = await ask('/hosts/7?tab=use')
  expect(await arePagesUnderWay()).toBe(true)
  held.get('/hosts/7?tab=use')?.end()
  await once(sent, 'response')
  await expect.poll(arePagesUnderWay).toBe(false)
})

test('a page that nobody waits for any more is not under way', async () => {
  const sent = await ask('/deviations')
  sent.destroy()
  await expect.poll(arePagesUnderWay).toBe(false)
})

test.each(['/api/live', '/api/ingest/v1/events', '/_bulk', '/_next/static/a.js', '/nothing'])(
  'what is not a page holds nobody up: %s',
  async (path) => {
    const sent = await ask(path)
    expect(await arePagesUnderWay()).toBe(false)
    sent.destroy()
  },
)
