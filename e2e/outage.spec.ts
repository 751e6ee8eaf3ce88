import { violations } from './axe'
import { asOwner, DATABASE_NAME } from './database'
import { expect, open, submitSignIn, test } from './test'

test.describe.configure({ mode: 'serial' })

const ask = (...queries: string[]) =>
  asOwner(async (owner) => {
    for (const query of queries) await owner.query(query)
  })
const connections = (limit: number) => `ALTER DATABASE "${DATABASE_NAME}" CONNECTION LIMIT ${limit}`
const HANG_UP = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE_NAME}' AND usename <> current_user`

/** Does something while a table is held, so that everybody else’s statements on it wait. */
async function whileHeld(table: string, act: () => Promise<void>): Promise<void> {
  await asOwner(async (owner) => {
    const client = await owner.connect()
    try {
      await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
      await act()
    } finally {
      // the lock goes with the connection
      client.release(true)
    }
  })
}

test('while the database takes no connection pages and the sign-in say so, and all goes on by itself once it does', async ({
  signInAs,
  page: stranger,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/hosts')
  await open(stranger, '/sign-in')
  const health = async () => (await page.request.get('/api/health', { failOnStatusCode: false })).json()
  await ask(connections(0), HANG_UP)
  try {
    await page.goto('/binaries')
    await expect(page.getByText('The database does not answer.')).toBeVisible()
    await expect(page.getByText('nothing stored is lost')).toBeVisible()
    expect(await violations(page)).toEqual([])
    expect(await health()).toMatchObject({ ok: false, database: 'down' })
    await submitSignIn(stranger, { email: 'viewer@demo.cordon', password: 'not the password' })
    await expect(stranger.getByRole('alert').filter({ hasText: /\w/ })).toContainText(/again/)
  } finally {
    await ask(connections(-1))
  }
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Binaries', level: 1 })).toBeVisible()
  await expect.poll(health).toMatchObject({ ok: true, worker: 'up' })
})

test('a page that keeps the database busy for too long says so calmly, and is shown once it may', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await whileHeld('host', async () => {
    await page.goto('/hosts?q=a')
    await expect(page.getByText('This took too long')).toBeVisible()
    await expect(page.getByText('longer than 30 s')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Without filters' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table').first()).toBeVisible()
})

test('whoever waits for a database that is silent is told after twenty seconds', async ({ signInAs }) => {
  const page = await signInAs('viewer')
  await whileHeld('session', async () => {
    await page.goto('/hosts')
    await expect(page.getByText('The database does not answer.')).toBeVisible()
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table').first()).toBeVisible()
})

test('a page whose server is gone says of when it is, stays, and is shown anew once the server is back', async ({
  signInAs,
}) => {
  const page = await signInAs('viewer')
  await open(page, '/hosts')
  await page.context().setOffline(true)
  const notice = page.getByText('Connection lost.')
  await expect(notice).toBeVisible()
  await expect(
    page.getByText(/^Connection lost\. What you see is of \d\d:\d\d; trying again\.$/),
  ).toBeVisible()
  await expect(page.getByRole('table').first()).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.context().setOffline(false)
  await expect(notice).toBeHidden()
  await expect(page.getByRole('table').first()).toBeVisible()
})
