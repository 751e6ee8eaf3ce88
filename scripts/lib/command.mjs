import { explain, Failure } from './failure.mjs'
import { say } from './log.mjs'
import { startOf } from './process-identity.mjs'

const PARENT_CHECK_MS = process.platform === 'linux' ? 200 : 2000

/**
 * Runs one of our commands: a failure prints one sentence and exits with code 1; Ctrl-C stops what was started, in reverse order.
 * @param {(cleanup: Cleanup) => Promise<unknown>} work may answer an exit code
 */
export async function command(work) {
  const cleanup = new Cleanup()
  let interrupted = false
  /** @param {number} code */
  async function interrupt(code) {
    // a second Ctrl-C, or npm passing on the terminal's, changes nothing: stopping is bounded
    if (interrupted) return
    interrupted = true
    say('\nStopping …')
    await cleanup.run()
    process.exit(code)
  }
  process.on('SIGINT', () => interrupt(130))
  process.on('SIGTERM', () => interrupt(143))
  // nohup leaves no terminal to hang up
  if (process.stdin.isTTY) process.on('SIGHUP', () => interrupt(129))
  onNpmGone(() => interrupt(143))
  const code = await attempt(
    () => work(cleanup),
    () => interrupted,
  )
  // what was interrupted exits when everything has stopped
  if (interrupted) return
  await cleanup.run()
  process.exit(code)
}

/** @param {() => Promise<unknown>} work @param {() => boolean} isInterrupted */
async function attempt(work, isInterrupted) {
  try {
    const answer = await work()
    return typeof answer === 'number' ? answer : 0
  } catch (error) {
    const explained = explain(error)
    // what is stopped half-way fails: no news
    if (!isInterrupted())
      say(
        explained instanceof Failure
          ? `✖ ${explained.message}`
          : `✖ ${/** @type {Error} */ (explained).stack ?? explained}`,
      )
    return 1
  }
}

/** A killed npm sends no signal: notices that it is gone (it is our parent, for package.json says exec). @param {() => void} stop */
function onNpmGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return
  const npm = process.ppid
  const start = startOf(npm)
  const watch = setInterval(() => {
    if (startOf(npm) === start) return
    clearInterval(watch)
    stop()
  }, PARENT_CHECK_MS)
  watch.unref()
}

/** What has to be stopped at the end, whichever way it comes. */
export class Cleanup {
  /** @type {(() => Promise<unknown> | unknown)[]} */
  #tasks = []
  /** @type {(() => unknown)[]} */
  #first = []
  /** @type {Promise<void> | undefined} */
  #running

  /** @param {() => Promise<unknown> | unknown} task */
  add(task) {
    this.#tasks.push(task)
  }

  /** Runs a task before all others. @param {() => unknown} task */
  addFirst(task) {
    this.#first.push(task)
  }

  /** Last come, first stopped; once. */
  run() {
    this.#running ??= this.#runAll()
    return this.#running
  }

  async #runAll() {
    for (const task of [...this.#first, ...this.#tasks.reverse()]) {
      try {
        await task()
      } catch (error) {
        say(`While stopping: ${error}`)
      }
    }
  }
}
