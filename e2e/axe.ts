import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test'

/** Rows that are drawn like those above them. */
const LIKE_THOSE_ABOVE = 'tbody tr:nth-child(n + 4)'
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** All rules, or those given, in the light theme; in the dark one only those that colours decide. */
export async function expectAccessible(page: Page, where = page.url(), rules = axe(page)): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violations(rules.exclude(LIKE_THOSE_ABOVE)), `${where}, light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  const ofColours = axe(page).withRules(OF_COLOURS).exclude(LIKE_THOSE_ABOVE)
  expect(await violations(ofColours), `${where}, dark`).toEqual([])
}

/** The legacy mode is for pages without frames, and twice as fast. What keeps to the rules is not listed: describing it takes long as well. */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
}

/** Each place where a rule is broken, on a line. */
export async function violations(page: AxeBuilder): Promise<string[]> {
  const found = await page.analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  )
}
