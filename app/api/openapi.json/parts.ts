import { z } from 'zod'
import { Failure } from './schemas'

/** What the operations of the document are made of. */

export type Json = Record<string, unknown>
type Scope = 'ingest' | 'read' | 'export'

/** What every operation says; a key needs the scope, a session the permission. */
export function operation(operationId: string, summary: string, scope: Scope): Json {
  return {
    operationId,
    summary,
    description: `A key needs the scope ${scope}.`,
    security: [{ key: [scope] }, { session: [] }],
  }
}

/** What an operation says that no key opens. */
export function signedIn(
  operationId: string,
  summary: string,
  who: 'people' | 'administrators' = 'people',
): Json {
  return {
    operationId,
    summary,
    description: `For ${who} who are signed in.`,
    security: [{ session: [] }],
  }
}

export function answer(description: string, schema: z.ZodType): Json {
  return { description, content: { 'application/json': { schema: toSchema(schema) } } }
}

export function text(description: string, type: string): Json {
  return { description, content: { [type]: { schema: { type: 'string' } } } }
}

const BYTES = { schema: { type: 'string', format: 'binary' } }

/** One of several types, where what was asked for says which. */
export function file(description: string, ...types: readonly string[]): Json {
  return { description, content: Object.fromEntries(types.map((type) => [type, BYTES])) }
}

/** A request's body, as it is. */
export const FILE_BODY: Json = { required: true, content: { 'application/octet-stream': BYTES } }

export function pathParameter(name: string, schema: z.ZodType): Json {
  return { name, in: 'path', required: true, schema: toSchema(schema) }
}

export function queryParameters(schema: z.ZodObject): Json[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: 'query',
    required: !(field instanceof z.ZodOptional),
    schema: toSchema(field as z.ZodType),
  }))
}

/** OpenAPI 3.1 speaks JSON Schema 2020-12, zod's default; the dialect is the document's. */
function toSchema(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema)
  return rest
}

export const FAILURES: Json = Object.fromEntries(
  [
    ['400', 'The request cannot be understood: the message says why'],
    ['401', 'No key, an unknown or revoked one, or not signed in'],
    ['403', 'The key or role has no permission for this'],
    ['408', 'The body stopped arriving'],
    ['413', 'Larger than what is taken'],
    ['415', 'Packed in a way that is not read, or a form'],
    ['429', 'Too much at once: come again after Retry-After seconds'],
    ['500', 'A fault of ours; it was logged'],
    [
      '503',
      'The database or something else that is needed is away, or it took too long and was stopped: the message says which',
    ],
  ].map(([status, description]) => [status, answer(description ?? '', Failure)]),
)
