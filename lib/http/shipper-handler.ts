import { actorFromKey } from '@/lib/access/actor-from-key'
import { ExpectedError, toUnavailable } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { logFault } from './failure'
import type { RouteHandler } from './handler'
import { requestBytes } from './request-bytes'

/** Unpacked bytes of one request: Elasticsearch's own limit is 100 MB. Larger ones are files, and go to the uploads. */
const MAX_BYTES = 128 * 1024 * 1024
/** Shippers have their batch before they send it. */
const MAX_SILENCE_MS = 30_000

/** What a shipper sends, unpacked and bounded. */
export function shipperBytes(request: Request): AsyncGenerator<Uint8Array> {
  return requestBytes(request, { maxBytes: MAX_BYTES, maxSilence: MAX_SILENCE_MS })
}

/** How long what it sends is, packed, as far as the request tells. */
export function announced(request: Request): { announcedBytes: number } {
  const length = Number(request.headers.get('content-length'))
  return { announcedBytes: Number.isSafeInteger(length) && length > 0 ? length : 0 }
}

/** How a protocol says what went wrong; null is a fault of ours. */
export type ToFailure = (error: ExpectedError | null, request: Request) => Response

type Call = { actor: Actor; request: Request; path: readonly string[] }

/**
 * A route handler for a shipper's own protocol: an API key that may ingest (never the session of a browser, which other sites can use), and
 * failures in the protocol's words. `path`: the segments that the route's catch-all took.
 */
export function shipperHandler(toFailure: ToFailure, run: (call: Call) => Promise<Response>): RouteHandler {
  return async (request, context) => {
    try {
      const actor = await actorFromKey(request.headers.get('authorization'))
      if (!actor)
        throw new ExpectedError(
          'unauthenticated',
          'No API key was sent, or it is not known, or it was revoked.',
        )
      requirePermission(actor, 'ingest')
      const { path = [] } = (await context.params) ?? {}
      return await run({ actor, request, path: [path].flat() })
    } catch (error) {
      if (error instanceof ExpectedError) return toFailure(error, request)
      logFault(error, request)
      return toFailure(toUnavailable(error), request)
    }
  }
}
