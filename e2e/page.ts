import type { Locator, Page } from '@playwright/test'

/** The rows of the page's first table, without its head. */
export function rows(page: Page): Locator {
  return page.getByRole('table').first().locator('tbody').getByRole('row')
}

/** What opens over a list. */
export function panelOf(page: Page): Locator {
  return page.getByRole('complementary')
}

/** What the page says of what was just done. */
export function messages(page: Page): Locator {
  return page.getByRole('region', { name: 'Messages' })
}

export async function titleOf(row: Locator): Promise<string> {
  return row.getByRole('link').first().innerText()
}

/** Does what has the server change something, and waits for its answer: who leaves the page before breaks it off. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' &&
      new URL(response.url()).pathname === new URL(page.url()).pathname,
  )
  await act()
  await answer
}
