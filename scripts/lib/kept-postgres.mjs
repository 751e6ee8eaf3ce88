import { setTimeout as sleep } from 'node:timers/promises'
import { diskFull, explain, saysDiskFull } from './failure.mjs'
import { say } from './log.mjs'
import { startPostgres } from './postgres.mjs'
import { restartDelays } from './restart-delays.mjs'

/**
 * A PostgreSQL that is started again, at the same address, when it ends without having been asked to.
 * @typedef {object} KeptPostgres
 * @property {number} port
 * @property {(database: string) => string} url connection of the superuser `postgres`
 * @property {() => Promise<void>} stop
 * @property {Promise<unknown>} failed why it could not be started again
 */

/**
 * Starts PostgreSQL on a data folder and keeps it running.
 * @param {{ dir: string, password: string, log: import('./log.mjs').Log }} options
 * @returns {Promise<KeptPostgres>}
 */
export async function keepPostgres({ dir, password, log }) {
  const start = (/** @type {number | undefined} */ port) =>
    startPostgres({ dir, password, log: log.write, ...(port === undefined ? {} : { port }) })
  let starting = start(undefined)
  let postgres = await starting
  const { port, url } = postgres
  const stopping = new AbortController()

  /** @returns {Promise<unknown>} */
  async function keep() {
    const delayAfter = restartDelays()
    for (;;) {
      const startedAt = Date.now()
      const lastWords = await postgres.exited
      if (saysDiskFull(lastWords)) return diskFull(` (at ${dir})`)
      const delayMs = delayAfter(Date.now() - startedAt)
      say(`PostgreSQL ended unexpectedly; starting it again in ${delayMs / 1000} s. Log: ${log.file}`)
      await sleep(delayMs, undefined, { signal: stopping.signal })
      starting = start(port)
      postgres = await starting
    }
  }
  const failed = new Promise((resolve) => {
    const giveUp = (/** @type {unknown} */ error) => stopping.signal.aborted || resolve(explain(error))
    keep().then(resolve, giveUp)
  })
  async function stop() {
    stopping.abort()
    await starting.catch(() => undefined)
    await postgres.stop()
  }
  return { port, url, stop, failed }
}
