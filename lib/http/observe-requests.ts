import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Histogram, register } from 'prom-client'
import { PAGES } from '@/lib/access/entrances'
import { beginPage } from '@/lib/pages-under-way'
import { toRoute } from './to-route'

const NAME = 'cordon_http_request_duration_seconds'

type Exchange = { request: IncomingMessage; response: ServerResponse }

/** Times every request that this process answers, pages and handlers alike, from Node's own reports of them (diagnostics_channel, "HTTP"). */
export function observeRequests(): void {
  if (register.getSingleMetric(NAME) !== undefined) return
  const duration = new Histogram({
    name: NAME,
    help: 'Time from a request to the end of its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30],
  })
  const ends = new WeakMap<IncomingMessage, () => number>()
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Exchange
    const route = toRoute(request.url ?? '/')
    ends.set(request, duration.startTimer({ method: toMethod(request.method), route }))
    // also where whoever asked is gone before the answer
    if (PAGE_ROUTES.has(route)) response.once('close', beginPage())
  })
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as Exchange
    const end = ends.get(request) as ((labels: { status: number }) => number) | undefined
    end?.({ status: response.statusCode })
  })
}

/** What people wait for: handlers answer programs, or stay open. */
const PAGE_ROUTES = new Set(Object.keys(PAGES).map(toRoute))

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Anybody may send any method: a label's values are few. */
function toMethod(method = 'GET'): string {
  return METHODS.has(method) ? method : 'other'
}
