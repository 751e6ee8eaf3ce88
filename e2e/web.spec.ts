import { expect, open, signIn, test } from './test'
import { watch } from './watch'

test('a page runs no script that it did not bring along, and nothing frames it', async ({ page }) => {
  const problems = watch(page)
  const answer = await page.goto('/sign-in')
  const policy = answer?.headers()['content-security-policy'] ?? ''
  const scripts = policy.split('; ').find((part) => part.startsWith('script-src')) ?? ''
  expect(scripts).toMatch(/'nonce-[\w+/=]+' 'strict-dynamic'$/)
  expect(scripts).not.toContain('unsafe')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("object-src 'none'")
  // an element that somebody managed to write into the page
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="/no-such.png" onerror="window.pwned = 1">')
  })
  await expect.poll(() => problems.some((problem) => /Content Security Policy/i.test(problem))).toBe(true)
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
})

test('there is an icon for whoever asks before a page has named it', async ({ request }) => {
  const icon = await request.get('/favicon.ico')
  expect(icon.status()).toBe(200)
  expect(icon.headers()['content-type']).toContain('image/svg+xml')
})

test('an address that only begins like a file of ours is a page with a policy', async ({ request }) => {
  for (const path of ['/favicon.icon', '/_next/statics', '/nothing'])
    expect((await request.get(path)).headers()['content-security-policy'], path).toContain(
      "script-src 'self' 'nonce-",
    )
})

test('what strangers post to the library of sign-in ends at 1 MB', async ({ request }) => {
  const send = async (length: number) =>
    (
      await request.post('/api/auth/callback/credentials', {
        form: { email: 'x'.repeat(length) },
        maxRedirects: 0,
      })
    ).status()
  expect(await send(1000)).toBe(302)
  expect(await send(2 * 1024 * 1024)).toBe(413)
})

test('a page has another nonce each time', async ({ request }) => {
  const nonce = async () =>
    /nonce-[^']+/.exec((await request.get('/sign-in')).headers()['content-security-policy'] ?? '')?.[0]
  expect(await nonce()).not.toBe(await nonce())
})

test('pages and answers say how they may be used, and private ones are kept by nobody', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  for (const path of ['/hosts', '/settings', '/api/search?q=rundll32', '/api/exports/decisions.csv']) {
    const { headers } = await page.request.get(path).then((answer) => ({ headers: answer.headers() }))
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': expect.stringContaining('no-store'),
    })
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
})

test('refusals and what the library of sign-in answers are kept by nobody either', async ({ request }) => {
  for (const path of ['/api/search?q=rundll32', '/api/auth/signout', '/api/auth/csrf', '/api/openapi.json']) {
    const answer = await request.get(path)
    expect(answer.headers()['cache-control'], path).toContain('no-store')
  }
})

test('signing out by the library’s own address ends the session, for a copy of its cookie too', async ({
  page,
  baseURL,
}) => {
  await signIn(page, 'viewer')
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const waiting = async () => (await fetch(`${baseURL}/api/waiting`, { headers: { cookie } })).status
  expect(await waiting()).toBe(200)
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  await page.request.post('/api/auth/signout', { form: { csrfToken } })
  expect(await waiting()).toBe(401)
})

test('the session’s cookie is out of reach of scripts and other sites', async ({ page, context }) => {
  await signIn(page, 'viewer')
  const session = (await context.cookies()).find(({ name }) => name.endsWith('cordon-session'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(await page.evaluate(() => document.cookie)).not.toContain('session')
})

test('what another site makes a browser send changes nothing', async ({ signInAs, baseURL }) => {
  const page = await signInAs('admin')
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    {},
  ]
  for (const headers of foreign) {
    for (const path of [
      '/settings',
      '/sign-in',
      '/_no-page',
      '/api/sigma/load?set=x',
      '/api/ingest/v1/uploads?name=a.csv',
    ]) {
      const answer = await fetch(new URL(path, baseURL), {
        method: 'POST',
        headers: { ...headers, cookie: cookies },
        body: 'x=1',
      })
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403)
    }
  }
})

test('what goes wrong is answered without detail', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  for (const path of [
    '/hosts/%00',
    '/sigma/%00',
    '/executions/1/2/%27',
    '/api/search',
    '/imports/..%2f..%2fetc',
  ]) {
    const answer = await page.request.get(path, { failOnStatusCode: false })
    expect(answer.status(), path).toBeLessThan(500)
    expect(await answer.text(), path).not.toMatch(/node_modules|at \w+ \(|prisma|SELECT /)
  }
  await open(page, '/')
})
