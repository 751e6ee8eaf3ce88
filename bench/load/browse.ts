import { setTimeout as sleep } from 'node:timers/promises'

export type Visit = { page: string; ms: number }
type Person = { url: string; cookie: string; visits: Visit[]; errors: string[] }
/** `thinkSeconds`: between two pages, half as much to half as much again. */
type Browsing = Person & { thinkSeconds: number; isOver: () => boolean }

/** Lists that people look at, and where a list leads to: the first that it links to. */
const LISTS = [
  '/',
  '/deviations',
  '/hosts',
  '/binaries',
  '/executions',
  '/decisions',
  '/attempts',
  '/imports',
  '/reports/week',
]
const DETAIL = /href="(\/(?:deviations|hosts|binaries|executions)\/[^"?#]+)"/g
const PATIENCE_MS = 30_000

/** Opens every list and what it leads to once, one after the other, before anything is measured. */
export async function openEveryList(person: Omit<Person, 'visits'>): Promise<void> {
  for (const list of LISTS) {
    const [link] = linksIn(await visit({ ...person, visits: [] }, list, list))
    if (link !== undefined) await visit({ ...person, visits: [] }, link, link)
  }
}

function linksIn(text: string): string[] {
  return [...text.matchAll(DETAIL)].map(([, href = '']) => href)
}

/** A person: opens a list, looks at it for a moment, opens something of it, looks at that, and goes on. */
export async function browse(browsing: Browsing): Promise<void> {
  const { isOver, thinkSeconds } = browsing
  const think = () => sleep(thinkSeconds * (500 + Math.random() * 1000))
  await think()
  while (!isOver()) {
    for (const list of LISTS) {
      if (isOver()) return
      const links = linksIn(await visit(browsing, list, list))
      const link = links[Math.floor(Math.random() * links.length)]
      await think()
      if (link !== undefined && !isOver()) {
        await visit(browsing, link, `/${link.split('/')[1]}/…`)
        await think()
      }
      await visit(browsing, '/api/waiting', '/api/waiting')
    }
  }
}

/** From the request to the last byte. */
async function visit({ url, cookie, visits, errors }: Person, path: string, page: string): Promise<string> {
  const from = performance.now()
  try {
    const ask = () =>
      fetch(`${url}${path}`, {
        headers: { cookie },
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
    // a connection that the server was just closing: browsers ask again on another (RFC 9110, 9.2.2)
    const answer = await ask().catch((error: unknown) => (isClosed(error) ? ask() : Promise.reject(error)))
    const text = await answer.text()
    if (answer.status !== 200) errors.push(`${path} answered ${answer.status}`)
    visits.push({ page, ms: performance.now() - from })
    return text
  } catch (error) {
    errors.push(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    return ''
  }
}

function isClosed(error: unknown): boolean {
  const { code = '' } = ((error as Error).cause ?? {}) as { code?: string }
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(code)
}
