import { format, stripVTControlCharacters } from 'node:util'
import { log } from '@/lib/log'

/**
 * What others print, Next of a page that failed first of all, becomes a line of our log: one an event, whatever stands in it, and without the rows that
 * PostgreSQL's errors quote.
 */
export function logConsole(): void {
  for (const level of ['error', 'warn'] as const)
    console[level] = (...said: unknown[]) => {
      const err = said.find((one) => one instanceof Error)
      const words = stripVTControlCharacters(format(...said.filter((one) => one !== err))).trim()
      log()[level](err === undefined ? {} : { err }, words === '' || words === '⨯' ? 'request failed' : words)
    }
}
