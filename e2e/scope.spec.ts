import type { APIRequestContext } from '@playwright/test'
import { HANDLERS, PAGES } from '@/lib/access/entrances'
import { may } from '@/lib/pipeline/decision/permissions'
import { choosePassword, invite, newPerson } from './accounts'
import { expect, submitSignIn, test } from './test'

test.describe.configure({ mode: 'serial' })

const person = newPerson('Gus Group')
const OWN_GROUP = 'Servers'

type Everything = { text: string; paths: string[] }
let admin: Everything
let inScope: ReadonlySet<string>
let hidden: string[] = []
let scoped: APIRequestContext

test('somebody who sees one host group is made by an admin', async ({ signInAs, browser, baseURL }) => {
  const page = await signInAs('admin')
  const link = await invite(page, person, 'responder')
  await page.getByRole('button', { name: `Change the account of ${person.name}` }).click()
  await page.getByRole('menuitem', { name: 'Change hosts…' }).click()
  await page.getByRole('dialog').getByRole('checkbox', { name: OWN_GROUP }).check()
  await page.getByRole('button', { name: 'Limit to these groups' }).click()
  await expect(page.getByRole('row').filter({ hasText: person.name })).toContainText(OWN_GROUP)

  const context = await browser.newContext({ baseURL })
  const own = await context.newPage()
  await choosePassword(own, link, person.password)
  await submitSignIn(own, person)
  await expect(own.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  scoped = context.request
})

test('what is behind every page and every export is known', async ({ signInAs }) => {
  const request = (await signInAs('admin')).request
  const csv = async (context: APIRequestContext) =>
    (await (await context.get('/api/exports/executions.csv')).text()).trim().split('\n').slice(1)
  const hostsIn = (rows: string[]) =>
    new Set(rows.flatMap((row) => row.match(/[\w-]+\.[\w-]+\.\w+(?=,)/)?.[0] ?? []))
  const own = await csv(scoped)
  expect(own.length).toBeGreaterThan(0)
  inScope = hostsIn(own)
  // a host that is named in a command line of another is no secret to whom that one is shown
  const told = own.join('\n')
  hidden = [...hostsIn(await csv(request))].filter(
    (host) => !inScope.has(host) && !told.includes(host.split('.')[0] ?? host),
  )
  expect(hidden.length).toBeGreaterThan(2)
  admin = await crawl(request)
  // the check itself works: whoever may see all of them does
  for (const host of hidden) expect(admin.text).toContain(host)
})

test('no page and no export names a host of another group, whichever id is asked for', async () => {
  for (const path of admin.paths) {
    const answer = await scoped.get(path, { failOnStatusCode: false })
    expect(answer.status(), path).toBeLessThan(500)
    const text = await answer.text()
    expect(
      hidden.filter((host) => text.includes(host)),
      path,
    ).toEqual([])
  }
})

/** Everything that the pages and the handlers that read answer: those with an id, for the first ids that the lists link to. */
async function crawl(request: APIRequestContext): Promise<Everything> {
  const lists = Object.entries(PAGES)
    .filter(([address, need]) => !address.includes('[') && need !== 'anybody' && may('responder', need))
    .map(([address]) => address)
  const reads = Object.entries(HANDLERS)
    .filter(
      ([entrance, need]) =>
        entrance.startsWith('GET /api/') && !entrance.includes('[') && typeof need === 'string',
    )
    .map(([entrance]) => entrance.slice('GET '.length))
    .filter((address) => address !== '/api/live')
  const exported = [
    'attempts',
    'baselines',
    'audit',
    'binaries',
    'coverage',
    'decisions',
    'deviations',
    'executions',
    'hosts',
    'use',
  ]
  const start = [
    ...lists.map((path) => `${path}?days=all&state=all`),
    ...reads.map((path) => `${path}?q=a&known=&since=0`),
    ...exported.map((name) => `/api/exports/${name}.csv`),
  ]
  const texts = await Promise.all(start.map(async (path) => await (await request.get(path)).text()))
  const details = linksIn(texts)
  expect(details.map((path) => path.split('/')[1])).toEqual(
    expect.arrayContaining(['hosts', 'deviations', 'binaries']),
  )
  for (const path of details) texts.push(await (await request.get(path)).text())
  // what only those lead to: single executions
  const further = linksIn(texts).filter((path) => !details.includes(path))
  for (const path of further) texts.push(await (await request.get(path)).text())
  return { text: texts.join('\n'), paths: [...start, ...details, ...further] }
}

const ITEM = /href="(\/(?:hosts|deviations|executions|decisions|binaries|imports|reports|sigma)\/[^"?#]+)/g

/** The first items of each kind that pages link to. */
function linksIn(texts: readonly string[]): string[] {
  const found = new Map<string, Set<string>>()
  for (const [, path = ''] of texts.join('\n').matchAll(ITEM)) {
    const kind = found.get(path.split('/')[1] ?? '') ?? new Set()
    if (kind.size < 12) kind.add(path)
    found.set(path.split('/')[1] ?? '', kind)
  }
  return [...found.values()].flatMap((paths) => [...paths])
}
