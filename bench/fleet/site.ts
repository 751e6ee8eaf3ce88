import { ROLES } from '@/lib/pipeline/actor'
import { signIn } from './sign-in'

/** A production server's pages over one of the databases of `bench -- generate`, as scripts/bench.mjs starts it. */
export type Site = { fleet?: string; databaseUrl: string; url: string; pid: number }

/** The sites that the last argument tells of, and the arguments before. */
export function takeSites(args: readonly string[]): { sites: Site[]; args: string[] } {
  return { sites: JSON.parse(args.at(-1) ?? '[]') as Site[], args: args.slice(0, -1) }
}

/** A session's cookie for each role, the one who may do most last. */
export async function signInAll({ url }: Site): Promise<string[]> {
  return await Promise.all(ROLES.map((role) => signIn(url, role)))
}

/** Milliseconds from a request to the page's last byte. @throws where it answers anything but a page */
export async function openPage({ url }: Site, path: string, cookie: string): Promise<number> {
  const start = performance.now()
  const response = await fetch(url + path, { headers: { cookie }, redirect: 'manual' })
  const text = await response.text()
  const ms = performance.now() - start
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  if (text.includes('data-dgst') || text.includes('NEXT_HTTP_ERROR'))
    throw new Error(`an error within ${path}`)
  return ms
}

/** What a request costs that asks the database for next to nothing, and one that asks nothing. */
export async function barePaths({ url }: Site): Promise<{ health: string; file: string }> {
  const page = await (await fetch(`${url}/sign-in`)).text()
  return { health: '/api/health', file: /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '/' }
}
