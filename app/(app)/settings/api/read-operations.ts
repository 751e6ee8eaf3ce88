import { z } from 'zod'

const Schema = z.record(z.string(), z.unknown())
const Content = z.record(z.string(), z.object({ schema: Schema })).optional()
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().default('For anybody.'),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema: Schema }),
    )
    .default([]),
  requestBody: z.object({ description: z.string().default(''), content: Content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: Content })),
})
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

export type Parameter = { name: string; place: string; isRequired: boolean; type: string; about: string }
export type Answer = {
  status: string
  description: string
  types: string[]
  /** What a JSON answer looks like; null = it is no JSON. */
  shape: string | null
}
export type Operated = {
  id: string
  method: string
  path: string
  summary: string
  who: string
  parameters: Parameter[]
  body: { types: string[]; description: string } | null
  answers: Answer[]
}

/** What a page shows of an OpenAPI document, in its order. */
export function readOperations(document: unknown): Operated[] {
  const { paths } = Document.parse(document)
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      id: one.operationId,
      method: method.toUpperCase(),
      path,
      summary: one.summary,
      who: one.description,
      parameters: one.parameters.map((parameter) => ({
        name: parameter.name,
        place: parameter.in,
        isRequired: parameter.required,
        type: typeOf(parameter.schema),
        about: String(parameter.schema['description'] ?? ''),
      })),
      body:
        one.requestBody === undefined
          ? null
          : {
              types: Object.keys(one.requestBody.content ?? {}),
              description: one.requestBody.description,
            },
      answers: Object.entries(one.responses).map(([status, { description, content = {} }]) => ({
        status,
        description,
        types: Object.keys(content),
        shape: shapeOf(content['application/json']?.schema),
      })),
    })),
  )
}

function typeOf(schema: Record<string, unknown>): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ')
  if (schema['const'] !== undefined) return String(schema['const'])
  return String(schema['format'] ?? schema['type'] ?? 'any')
}

/** A schema as the value it describes: types in the place of values, one element of each list. */
function shapeOf(schema: Record<string, unknown> | undefined): string | null {
  const shape = schema === undefined ? null : toShape(schema)
  return shape === null || JSON.stringify(shape) === '{}' ? null : JSON.stringify(shape, null, 2)
}

function toShape(schema: Record<string, unknown>): unknown {
  const properties = Schema.safeParse(schema['properties'])
  if (properties.success)
    return Object.fromEntries(
      Object.entries(properties.data).map(([name, one]) => [name, toShape(Schema.parse(one))]),
    )
  if (schema['type'] === 'array') return [toShape(Schema.parse(schema['items'] ?? {}))]
  const either = z.array(Schema).safeParse(schema['anyOf'])
  if (either.success) return either.data.map((one) => String(toShape(one))).join(' | ')
  return schema['type'] === 'object' ? {} : typeOf(schema)
}
