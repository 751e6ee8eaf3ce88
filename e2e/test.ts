import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'

/** The demo's accounts, as its sign-in page names them. */
export const PASSWORD = 'cordon-demo-fleet'
export type Role = 'viewer' | 'responder' | 'manager' | 'admin'

type Fixtures = {
  /** A page signed in as a role, once the worker has computed what tests before have sent in: lists and figures hold still. Several in one test are several people. */
  signInAs: (role: Role) => Promise<Page>
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>
/** Approving and the like ask for a proof of who somebody is that is ten minutes old at most: sign in again before. */
const FRESH_MS = 5 * 60_000
const COMPUTING = /^cordon_computing_hosts (\d+)$/m
const NOBODY = { cookies: [], origins: [] }
const states = new Map<Role, { state: State; at: number }>()
/** A browser of somebody's own. It is used by one test after another, and holds nothing from one to the next but what it read of the network. */
type Seat = { context: BrowserContext; held: Page }
const idle: Record<Role, Seat[]> = { viewer: [], responder: [], manager: [], admin: [] }

export const test = base.extend<Fixtures>({
  signInAs: async ({ browser, baseURL }, use) => {
    const taken: { role: Role; seat: Seat }[] = []
    await use(async (role) => {
      const seat = idle[role].pop() ?? (await newSeat(browser, baseURL))
      taken.push({ role, seat })
      const known = states.get(role)
      const fresh = known !== undefined && Date.now() - known.at < FRESH_MS ? known.state : undefined
      await seat.context.setStorageState(fresh ?? NOBODY)
      const page = await seat.context.newPage()
      if (fresh === undefined) {
        await signIn(page, role)
        states.set(role, { state: await seat.context.storageState(), at: Date.now() })
      }
      await computed(page)
      return page
    })
    for (const { role, seat } of taken) {
      for (const page of seat.context.pages()) if (page !== seat.held) await page.close()
      idle[role].push(seat)
    }
  },
})

/** Opens a page that stays: all pages of one address and context share its process, which has read the scripts of those before. */
async function newSeat(browser: Browser, baseURL: string | undefined): Promise<Seat> {
  const context = await browser.newContext({ baseURL })
  const held = await context.newPage()
  await held.goto('/icon.svg')
  return { context, held }
}

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, role: Role, password = PASSWORD): Promise<void> {
  await open(page, '/sign-in')
  await submitSignIn(page, { email: `${role}@demo.cordon`, password })
  if (password === PASSWORD) await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** Waits until no host’s days wait to be computed. */
export async function computed(page: Page): Promise<void> {
  await expect
    .poll(async () => (await (await page.request.get('/api/metrics')).text()).match(COMPUTING)?.[1], {
      timeout: 120_000,
    })
    .toBe('0')
}

/** Fills in the form of the sign-in page, which is open, and sends it. */
export async function submitSignIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Opens an address and waits until the page answers: what is clicked or typed before that is lost. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.evaluate(untilItAnswers)
}

/** Runs in the page, and looks with each frame: what React has taken over, it has marked. */
async function untilItAnswers(): Promise<void> {
  const answers = () =>
    [...document.querySelectorAll('a, button, select, input:not([type=hidden]), [data-row]')].every(
      (control) => Object.keys(control).some((key) => key.startsWith('__react')),
    )
  while (!answers()) await new Promise(requestAnimationFrame)
}

export { expect }
