import { withClient } from './database.mjs'
import { say } from './log.mjs'

/** @typedef {import('./tally.mjs').Outcome} Outcome */

/**
 * Makes the planner scan a table only where no index can answer: what it scans then, it would scan at any size.
 * @param {string} url of the database's owner
 */
export function discourageScans(url) {
  return withClient(url, (client) =>
    client.query(
      `ALTER DATABASE ${client.escapeIdentifier(new URL(url).pathname.slice(1))} SET enable_seqscan = off`,
    ),
  )
}

/**
 * One check: nothing since then (import, computing, any page) read a month of raw history from end to end.
 * Building the indexes of a new, empty month counts as scans too, but reads no rows.
 * @param {string} url
 * @returns {Promise<Outcome>}
 */
export async function checkHistoryScans(url) {
  const { rows } = await withClient(url, (client) =>
    client.query(
      `SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = 'part' AND seq_tup_read > 0 ORDER BY seq_scan DESC`,
    ),
  )
  for (const { relname, seq_scan } of rows) say(`  ${relname} was scanned from end to end ${seq_scan} times`)
  return rows.length === 0
    ? { passed: 1, skipped: 0, failures: [] }
    : { passed: 0, skipped: 0, failures: ['screens read all of history'] }
}
