import type { Page } from '@playwright/test'
import axeCore from 'axe-core'
import { expect } from './test'

/** Rows that are drawn like those above them are not looked at. */
const LIKE_THOSE_ABOVE = 'tbody tr:nth-child(n + 4)'
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** All rules, or those given by name or tag, in the light theme; in the dark one only those that colours decide. */
export async function expectAccessible(page: Page, where = page.url(), runOnly?: string[]): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violations(page, runOnly), `${where}, light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(page, OF_COLOURS), `${where}, dark`).toEqual([])
}

/** Each place where a rule is broken, on a line: of all rules, or those given by name or tag. */
export async function violations(page: Page, runOnly?: string[]): Promise<string[]> {
  // it is half a megabyte of script: once for each page that is opened
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  const found = await page.evaluate(runAxe, { runOnly, exclude: [LIKE_THOSE_ABOVE] })
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  )
}

/** Runs in the page. What keeps to the rules is not listed: describing it takes long. */
async function runAxe({ runOnly, exclude }: { runOnly?: string[]; exclude: string[] }) {
  const { axe } = globalThis as unknown as { axe: typeof axeCore }
  const { violations } = await axe.run(
    { exclude },
    { resultTypes: ['violations'], ...(runOnly && { runOnly }) },
  )
  return violations
}
