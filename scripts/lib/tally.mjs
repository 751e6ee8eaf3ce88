import { performance } from 'node:perf_hooks'
import { explain, Failure } from './failure.mjs'
import { elapsed, say } from './log.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Adds up what passed and failed over the parts of a test run. */
export class Tally {
  /** @type {Counts} */
  counts = { passed: 0, failed: 0, skipped: 0 }
  /** @type {string[]} */
  #failedParts = []

  /**
   * Runs a part; one that breaks counts as one failure and does not keep the next from running.
   * @param {string} name
   * @param {() => Promise<Counts>} part
   */
  async add(name, part) {
    const start = performance.now()
    say(`▸ ${name}`)
    const counts = await part().catch((error) => {
      const explained = explain(error)
      say(
        explained instanceof Failure
          ? explained.message
          : String(/** @type {Error} */ (explained).stack ?? explained),
      )
      return { passed: 0, failed: 1, skipped: 0 }
    })
    this.counts = {
      passed: this.counts.passed + counts.passed,
      failed: this.counts.failed + counts.failed,
      skipped: this.counts.skipped + counts.skipped,
    }
    if (counts.failed > 0) this.#failedParts.push(name)
    say(
      `${counts.failed === 0 ? '✔' : '✖'} ${name}: ${counts.passed} passed, ${counts.failed} failed  ${elapsed(start)}\n`,
    )
  }

  /** A check that passes or fails as a whole. @param {import('./static-checks.mjs').Check} check */
  async check({ name, run }) {
    await this.add(name, async () => {
      const { code, output } = await run()
      if (code === 0) return { passed: 1, failed: 0, skipped: 0 }
      say(output.trim())
      return { passed: 0, failed: 1, skipped: 0 }
    })
  }

  /** The last word: one line on stdout. @returns {number} the exit code */
  conclude() {
    const { passed, failed, skipped } = this.counts
    if (this.#failedParts.length > 0) say(`Failed: ${this.#failedParts.join(', ')}`)
    if (skipped > 0) say(`${skipped} skipped`)
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
    return failed === 0 ? 0 : 1
  }
}
