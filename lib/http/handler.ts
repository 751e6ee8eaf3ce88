import { z } from 'zod'
import { actorFromKey } from '@/lib/access/actor-from-key'
import { currentActor } from '@/lib/access/current-actor'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { type Action, requirePermission } from '@/lib/pipeline/decision/permissions'
import { answerWithin, type Costly } from './at-once'
import { toErrorResponse } from './error-response'
import { isSameOrigin, isWrite } from './same-origin'

type Fields = Record<string, unknown>

type Definition<Params extends Fields, Query extends Fields> = {
  /** Permission asked of the session or key. */
  action: Action
  /** Open pages ask for it without anybody having them do so: no use of a session, which goes on being idle. */
  byItself?: true
  /** What an actor may have few of under way at once; held until the answer was read. */
  costly?: Costly
  /** Checks the route's path parameters. */
  params?: z.ZodType<Params>
  /** Checks the query string; a repeated name arrives as its last value. */
  query?: z.ZodType<Query>
  /** A Response, or a value answered as JSON. The request's body is left to it, so that streams stay streams. */
  run: (call: { actor: Actor; request: Request; params: Params; query: Query }) => Promise<unknown>
}

/** Next gives a route without parameters none at all. */
type RouteContext = { params: Promise<Record<string, string | string[] | undefined> | undefined> }
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>

/**
 * A route handler that authenticates (API key, else session), permits, validates, and maps failures:
 * expected ones to their status with `{error: {code, message}}`, anything else to a logged 500 without detail.
 */
export function handler<Params extends Fields = Fields, Query extends Fields = Fields>(
  definition: Definition<Params, Query>,
): RouteHandler {
  return async (request, context) => {
    try {
      const actor = await authenticate(request, definition.byItself)
      requirePermission(actor, definition.action)
      const params = parse(definition.params, (await context.params) ?? {}, 'path')
      const query = parse(definition.query, Object.fromEntries(new URL(request.url).searchParams), 'query')
      return await answerWithin(definition.costly, { actor, request }, async () => {
        const result = await definition.run({ actor, request, params, query })
        return result instanceof Response
          ? result
          : Response.json(result, { headers: { 'cache-control': 'no-store' } })
      })
    } catch (error) {
      return toErrorResponse(error, request)
    }
  }
}

/** @throws ExpectedError 'unauthenticated', or 'forbidden' for a change that another site's page asked the browser for */
export async function authenticate(request: Request, byItself = false): Promise<Actor> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const actor = await actorFromKey(authorization)
    if (actor) return actor
    throw new ExpectedError('unauthenticated', 'The API key is not known, or it was revoked.')
  }
  const actor = await currentActor(byItself)
  if (!actor)
    throw new ExpectedError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer KEY".')
  if (isWrite(request.method) && !isSameOrigin(request.headers)) {
    throw new ExpectedError('forbidden', 'This request came from another site.')
  }
  return actor
}

function parse<T extends Fields>(schema: z.ZodType<T> | undefined, value: unknown, place: string): T {
  // without a schema nothing is promised but a record
  const read = (schema ?? (z.record(z.string(), z.unknown()) as unknown as z.ZodType<T>)).safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new ExpectedError('invalid-input', `${place} ${issue?.path.join('.')}: ${issue?.message}`, {
    cause: read.error,
  })
}
