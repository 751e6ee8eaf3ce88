import { subscribe } from 'node:diagnostics_channel'
import type { Server, ServerResponse } from 'node:http'

const IDLE_MS = 50

/**
 * From the first signal to end on, each answer ends its connection: a server waits for all of them, and shippers and browsers would ask again on
 * theirs for ever. What is being answered is answered to its end.
 */
export function endConnectionsWithProcess(): void {
  let isEnding = false
  const servers = new Set<Server>()
  subscribe('http.server.request.start', (message) => {
    const { response, server } = message as { response: ServerResponse; server: Server }
    servers.add(server)
    if (isEnding) response.shouldKeepAlive = false
  })
  const end = () => {
    isEnding = true
    // answers that had begun by then promised to keep theirs
    setInterval(() => {
      for (const server of servers) server.closeIdleConnections()
    }, IDLE_MS).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
}
