import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ACTIONS, HANDLERS, type HandlerNeed, PAGES } from '@/lib/access/entrances'

const APP = path.resolve(import.meta.dirname, '../app')

/** Every source file under app/ with its text; names with slashes, relative to it. */
const SOURCES = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
  .map((file) => ({
    file: file.split(path.sep).join('/'),
    text: readFileSync(path.join(APP, file), 'utf8'),
  }))

/** What each entrance asks for by its own words: 'view' where it names no permission, null where it asks nobody. */
type Asked = Map<string, HandlerNeed | null>

function toAddress(folder: string): string {
  const segments = folder.split('/').filter((segment) => segment !== '.' && !/^\(.*\)$/.test(segment))
  return `/${segments.join('/')}`.replaceAll('%5F', '_')
}

function permissionIn(text: string): string | null {
  const found = /require(?:Actor|AnySession|FreshSession|Session)\((?:'([\w-]+)')?/.exec(text)
  return found === null ? null : (found[1] ?? 'view')
}

function pages(): Asked {
  return new Map(
    SOURCES.filter(({ file }) => path.basename(file) === 'page.tsx').map(({ file, text }) => [
      toAddress(path.dirname(file)),
      // the frame around these pages asks for a session
      (permissionIn(text) ?? (file.startsWith('(app)/') ? 'view' : null)) as HandlerNeed | null,
    ]),
  )
}

function actions(): Asked {
  return new Map(
    SOURCES.filter(({ text }) => /^'use server'/m.test(text)).flatMap(({ file, text }) =>
      text
        .split(/^export async function /m)
        .slice(1)
        .map((body) => [
          `${file.replace(/\.tsx?$/, '')} ${/^\w+/.exec(body)?.[0]}`,
          permissionIn(body) as HandlerNeed | null,
        ]),
    ),
  )
}

function handlers(): string[] {
  return SOURCES.filter(({ file }) => path.basename(file) === 'route.ts').flatMap(({ file, text }) =>
    methodsOf(text).map((method) => `${method} ${toAddress(path.dirname(file))}`),
  )
}

function methodsOf(text: string): string[] {
  const together = /export const \{([^}]*)\}/.exec(text)?.[1]?.split(',') ?? []
  const alone = [...text.matchAll(/export (?:const|(?:async )?function) ([A-Z]+)\b/g)].map(([, name]) => name)
  return [...together, ...alone].map((name) => name?.trim() ?? '').filter(Boolean)
}

/** The permission that the table gives, where 'anybody' asks nobody. */
function listed(table: Readonly<Record<string, HandlerNeed>>): Record<string, HandlerNeed | null> {
  return Object.fromEntries(
    Object.entries(table).map(([name, need]) => [name, need === 'anybody' ? null : need]),
  )
}

const HINT = 'lib/access/entrances.ts must list every entrance with the permission that it asks for'

describe('the table of entrances', () => {
  test('lists every page with the permission that it asks for', () => {
    expect(Object.fromEntries(pages()), HINT).toEqual(listed(PAGES))
  })
  test('lists every server action with the permission that it asks for', () => {
    expect(Object.fromEntries(actions()), HINT).toEqual(listed(ACTIONS))
  })
  test('lists every route handler', () => {
    expect(handlers().sort(), HINT).toEqual(Object.keys(HANDLERS).sort())
  })
  test('is read from sources that hold a page, an action and a handler', () => {
    expect(pages().size).toBeGreaterThan(20)
    expect(actions().size).toBeGreaterThan(20)
    expect(handlers().length).toBeGreaterThan(15)
  })
})
