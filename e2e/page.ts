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
