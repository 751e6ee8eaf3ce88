import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { distrustForwarded } from './distrust-forwarded'

test('what a client writes of proxies is gone before a handler reads it, and nothing else is', async () => {
  distrustForwarded()
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { 'x-forwarded-for': '198.51.100.1', 'X-Forwarded-Host': 'evil.example', 'x-other': 'kept' },
  })
  const headers = (await answer.json()) as Record<string, string>
  server.close()
  expect(headers).toMatchObject({ 'x-other': 'kept', host: `127.0.0.1:${port}` })
  expect(Object.keys(headers).filter((name) => name.startsWith('x-forwarded'))).toEqual([])
})
