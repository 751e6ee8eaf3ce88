import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** What proxies say about a request, and anybody can write. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
]

/** Takes what clients say of proxies out of every request, before anybody reads it: Next then puts the address of the connection in its place. */
export function distrustForwarded(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    for (const name of FORWARDED) delete request.headers[name]
  })
}
