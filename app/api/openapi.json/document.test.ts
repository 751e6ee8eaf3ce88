import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { HANDLERS, type HandlerNeed, type Need } from '@/lib/access/entrances'
import { KEY_SCOPES } from '@/lib/pipeline/actor'
import { type Action, actorMay, rolesWith } from '@/lib/pipeline/decision/permissions'
import { openApiDocument } from './document'

const API = path.resolve(import.meta.dirname, '..')
/** Sign-in's own protocol, spoken by its library between its pages and itself; and what there is not. */
const NOT_FOR_CLIENTS = ['/api/auth/[...nextauth]', '/api/[...path]']

type Operation = {
  operationId: string
  parameters?: { name: string; in: string }[]
  security?: { key?: string[]; session?: [] }[]
}
type Document = { paths: Record<string, Record<string, Operation>> }
const { paths } = openApiDocument('0.0.0') as Document

function routes(): { url: string; methods: string[] }[] {
  return readdirSync(API, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .map((file) => ({
      url: `/api/${path.dirname(file).split(path.sep).join('/')}`,
      methods: [
        ...readFileSync(path.join(API, file), 'utf8').matchAll(
          /export (?:const|(?:async )?function) ([A-Z]+)\b/g,
        ),
      ].map(([, method = '']) => method.toLowerCase()),
    }))
    .filter(({ url }) => !NOT_FOR_CLIENTS.includes(url))
}

/** A catch-all is described as one parameter; %5F is how a folder's name may begin with an underscore. */
function toPath(url: string): string {
  return url.replaceAll('%5F', '_').replace(/\[+(?:\.\.\.)?(\w+)\]+/g, '{$1}')
}

test('every route handler is described, with each of its methods, and nothing else is', () => {
  const described = Object.entries(paths).map(([url, methods]) => ({
    url,
    methods: Object.keys(methods).sort(),
  }))
  const handled = routes().map(({ url, methods }) => ({ url: toPath(url), methods: methods.sort() }))
  const byUrl = (a: { url: string }, b: { url: string }) => (a.url < b.url ? -1 : 1)
  expect(described.sort(byUrl)).toEqual(handled.sort(byUrl))
})
test('every parameter of a path is described, and operations have names of their own', () => {
  const operations = Object.entries(paths).flatMap(([url, methods]) =>
    Object.values(methods).map((one) => ({ url, one })),
  )
  for (const { url, one } of operations) {
    const named = [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(
      (one.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name),
    ).toEqual(named)
  }
  expect(new Set(operations.map(({ one }) => one.operationId)).size).toBe(operations.length)
})

/** The permission that an entrance asks for, and whether a session may have it. */
function askedFor(need: HandlerNeed): { permission: Need; bySession: boolean } {
  const permission = typeof need === 'string' ? need : 'byKey' in need ? need.byKey : need.bySession
  const byKeyAlone = typeof need === 'object' && 'byKey' in need
  return {
    permission,
    bySession: !byKeyAlone && permission !== 'anybody' && rolesWith(permission).length > 0,
  }
}

const scopesWith = (permission: Action) =>
  KEY_SCOPES.filter((scope) =>
    actorMay({ kind: 'key', keyId: '', name: '', keyScopes: [scope], scope: { kind: 'all' } }, permission),
  )

const CLIENTS = Object.entries(HANDLERS).filter(
  ([entrance]) => !NOT_FOR_CLIENTS.some((address) => entrance.endsWith(address)),
)

test.each(CLIENTS)(
  'who the document says may ask %s is who the table of entrances lets in',
  (entrance, need) => {
    const [method = '', address = ''] = entrance.split(' ')
    const { security = [] } = paths[toPath(address)]?.[method.toLowerCase()] ?? {}
    const { permission, bySession } = askedFor(need)
    const named = security.flatMap(({ key = [] }) => key)
    expect(security.some(({ session }) => session !== undefined)).toBe(bySession)
    expect(permission === 'anybody' ? [] : scopesWith(permission)).toEqual(expect.arrayContaining(named))
  },
)
