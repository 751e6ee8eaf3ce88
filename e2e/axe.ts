import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** The legacy mode is for pages without frames, and twice as fast. */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode()
}

/** Rows that are drawn like those above them. */
export const LIKE_THOSE_ABOVE = 'tbody tr:nth-child(n + 7)'

/** Each place where a rule is broken, on a line. */
export async function violations(page: AxeBuilder): Promise<string[]> {
  const found = await page.analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  )
}
