import type { Page } from '@playwright/test'

/** Fills, as the page is used, with every error of its console, its scripts and its security policy, and every dialog. */
export function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${new URL(page.url()).pathname}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => problems.push(`${new URL(page.url()).pathname}: ${error}`))
  page.on('dialog', (dialog) => {
    problems.push(`${new URL(page.url()).pathname}: a dialog says ${dialog.message()}`)
    void dialog.dismiss()
  })
  return problems
}
