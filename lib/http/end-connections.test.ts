import { once } from 'node:events'
import { Agent, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { endConnectionsWithProcess } from './end-connections'

/** One request on the agent's connection; answers what the server said of it. */
async function ask(server: Server, agent: Agent): Promise<string | undefined> {
  const { port } = server.address() as AddressInfo
  const sent = request({ port, agent, host: '127.0.0.1' }).end()
  const [answer] = await once(sent, 'response')
  answer.resume()
  await once(answer, 'end')
  return answer.headers.connection
}

test('a server that is told to end does so while somebody keeps asking on one connection, and answers what was asked', async () => {
  endConnectionsWithProcess()
  const held: (() => void)[] = []
  const server = createServer((_, response) => held.push(() => response.end('whole')))
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agents = [
    new Agent({ keepAlive: true, maxSockets: 1 }),
    new Agent({ keepAlive: true, maxSockets: 1 }),
  ]
  const asked = agents.map((agent) => ask(server, agent))
  await expect.poll(() => held.length).toBe(2)
  const closed = once(server, 'close')
  // as Next does, with its own listener: nobody here ends
  process.once('SIGTERM', () => undefined)
  process.emit('SIGTERM')
  server.close()
  for (const end of held) end()
  await Promise.all(asked)
  await closed
})
