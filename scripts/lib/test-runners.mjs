import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { say } from './log.mjs'
import { ROOT } from './paths.mjs'
import { endWithUs, nodeModule } from './run.mjs'

/** @typedef {import('./tally.mjs').Counts} Counts */

/** Unit and database tests. @param {NodeJS.ProcessEnv} env @returns {Promise<Counts>} */
export function runVitest(env) {
  return withReport(async (report) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    return countVitest(await runTests('vitest/vitest.mjs', args, env), report)
  })
}

/** Browser tests of some of the projects of playwright.config.ts. @param {NodeJS.ProcessEnv} env @param {readonly string[]} projects @returns {Promise<Counts>} */
export function runPlaywright(env, projects) {
  return withReport(async (report) => {
    // a run empties its folder of results when it begins
    const output = `--output=test-results/${projects.at(-1)}`
    const args = [
      'test',
      '--reporter=list,json',
      output,
      ...projects.map((project) => `--project=${project}`),
    ]
    return countPlaywright(
      await runTests('@playwright/test/cli.js', args, { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
      report,
    )
  })
}

/** @param {number} code @param {string} report @returns {Counts} */
function countVitest(code, report) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  /** A file that does not even load has no failed test to count. @param {{ status: string, assertionResults: { status: string }[] }} file */
  const isBroken = ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((result) => result.status === 'failed')
  const failed = numFailedTests + testResults.filter(isBroken).length
  return { passed: numPassedTests, failed: atLeastOneIf(code, failed), skipped: numPendingTests }
}

/** @param {number} code @param {string} report @returns {Counts} */
function countPlaywright(code, report) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats
  if (flaky > 0) say(`${flaky} of these passed only the second time: see “flaky” above, and mend why.`)
  return { passed: expected + flaky, failed: atLeastOneIf(code, unexpected), skipped }
}

/** A run that failed without a failed test (an error outside of any) still failed. @param {number} code @param {number} failed */
function atLeastOneIf(code, failed) {
  return code === 0 ? failed : Math.max(1, failed)
}

/** @template T @param {(report: string) => Promise<T>} use */
async function withReport(use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-report-'))
  try {
    return await use(path.join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a test program with its output on stderr, as it comes. @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function runTests(file, args, env) {
  const [node = '', program = ''] = nodeModule(file)
  return new Promise((resolve, reject) => {
    const child = endWithUs(spawn(node, [program, ...args], { env, cwd: ROOT, stdio: ['ignore', 2, 2] }))
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
