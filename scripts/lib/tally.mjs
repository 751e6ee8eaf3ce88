import { performance } from 'node:perf_hooks'
import { explain, Failure } from './failure.mjs'
import { elapsed, say } from './log.mjs'

/** What a part of a test run came to; a failure is what failed, in a line. @typedef {{ passed: number, skipped: number, failures: string[] }} Outcome */

/** Adds up what passed and failed over the parts of a test run. */
export class Tally {
  /** @type {Outcome} */
  #all = { passed: 0, skipped: 0, failures: [] }

  /**
   * Runs a part; one that breaks counts as one failure and does not keep the next from running.
   * @param {string} name
   * @param {() => Promise<Outcome>} part
   */
  async add(name, part) {
    const start = performance.now()
    say(`▸ ${name}`)
    const outcome = await part().catch((error) => {
      const explained = explain(error)
      say(
        explained instanceof Failure
          ? explained.message
          : String(/** @type {Error} */ (explained).stack ?? explained),
      )
      return { passed: 0, skipped: 0, failures: [name] }
    })
    this.#all = addOutcomes(this.#all, outcome)
    const failed = outcome.failures.length
    say(
      `${failed === 0 ? '✔' : '✖'} ${name}: ${outcome.passed} passed, ${failed} failed  ${elapsed(start)}\n`,
    )
  }

  /** A check that passes or fails as a whole. @param {import('./static-checks.mjs').Check} check */
  async check({ name, run }) {
    await this.add(name, async () => {
      const { code, output } = await run()
      if (code === 0) return { passed: 1, skipped: 0, failures: [] }
      say(output.trim())
      return { passed: 0, skipped: 0, failures: [name] }
    })
  }

  /** The last words: what failed, and one line on stdout. @returns {number} the exit code */
  conclude() {
    const { passed, skipped, failures } = this.#all
    for (const failure of failures) say(`✖ ${failure}`)
    if (skipped > 0) say(`${skipped} skipped`)
    process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
    return failures.length === 0 ? 0 : 1
  }
}

/** @param {Outcome} a @param {Outcome} b @returns {Outcome} */
export function addOutcomes(a, b) {
  return {
    passed: a.passed + b.passed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  }
}
