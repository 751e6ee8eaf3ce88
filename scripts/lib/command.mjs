import { explain, Failure } from './failure.mjs'
import { say } from './log.mjs'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs one of our commands: a failure prints one sentence and exits with code 1; Ctrl-C stops what was started, in reverse order.
 * @param {(cleanup: Cleanup) => Promise<unknown>} work may answer an exit code
 */
export async function command(work) {
  const cleanup = new Cleanup()
  let signalled = false
  for (const signal of SIGNALS) {
    process.on(signal, async () => {
      // a second Ctrl-C, or npm passing on the terminal's, changes nothing: stopping is bounded
      if (signalled) return
      signalled = true
      say('\nStopping …')
      await cleanup.run()
      process.exit(signal === 'SIGINT' ? 130 : 143)
    })
  }
  let code = 0
  try {
    const answer = await work(cleanup)
    if (typeof answer === 'number') code = answer
  } catch (error) {
    // what stops half-way through a Ctrl-C fails: that is no news
    if (signalled) return
    const explained = explain(error)
    say(
      explained instanceof Failure
        ? `✖ ${explained.message}`
        : `✖ ${/** @type {Error} */ (explained).stack ?? explained}`,
    )
    code = 1
  }
  if (signalled) return
  await cleanup.run()
  process.exit(code)
}

/** What has to be stopped at the end, whichever way it comes. */
export class Cleanup {
  /** @type {(() => Promise<unknown> | unknown)[]} */
  #tasks = []
  /** @type {Promise<void> | undefined} */
  #running

  /** @param {() => Promise<unknown> | unknown} task */
  add(task) {
    this.#tasks.push(task)
  }

  /** Last come, first stopped; once. */
  run() {
    this.#running ??= this.#runAll()
    return this.#running
  }

  async #runAll() {
    for (const task of this.#tasks.reverse()) {
      try {
        await task()
      } catch (error) {
        say(`While stopping: ${error}`)
      }
    }
  }
}
