import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { say } from './log.mjs'
import { ROOT } from './paths.mjs'
import { endWithUs, nodeModule } from './run.mjs'

/** @typedef {import('./tally.mjs').Outcome} Outcome */

/** Unit and database tests. @param {NodeJS.ProcessEnv} env @returns {Promise<Outcome>} */
export function runVitest(env) {
  return withReport(async (report) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    return readVitest(await runTests('vitest/vitest.mjs', args, env), report)
  })
}

/** Browser tests of some of the projects of playwright.config.ts. @param {NodeJS.ProcessEnv} env @param {readonly string[]} projects @returns {Promise<Outcome>} */
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
    return readPlaywright(
      await runTests('@playwright/test/cli.js', args, { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
      report,
    )
  })
}

/** @param {number} code @param {string} report @returns {Outcome} */
function readVitest(code, report) {
  const { numPassedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  /** A file that does not even load has no failed test to name. @param {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} file */
  const failuresOf = ({ name, status, assertionResults }) => {
    const file = path.relative(ROOT, name)
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length > 0) return failed.map(({ fullName }) => `${file} › ${fullName}`)
    return status === 'failed' ? [file] : []
  }
  return {
    passed: numPassedTests,
    skipped: numPendingTests,
    failures: atLeastOneIf(code, testResults.flatMap(failuresOf)),
  }
}

/**
 * @typedef {{ title: string, file: string, specs?: { title: string, ok: boolean }[], suites?: Suite[] }} Suite
 * @param {number} code @param {string} report @returns {Outcome}
 */
function readPlaywright(code, report) {
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8'))
  if (stats.flaky > 0)
    say(`${stats.flaky} of these passed only the second time: see “flaky” above, and mend why.`)
  /** @param {Suite} suite @returns {string[]} */
  const failuresOf = ({ file, specs = [], suites: inner = [] }) => [
    ...specs.filter(({ ok }) => !ok).map(({ title }) => `${file} › ${title}`),
    ...inner.flatMap(failuresOf),
  ]
  return {
    passed: stats.expected + stats.flaky,
    skipped: stats.skipped,
    failures: atLeastOneIf(code, suites.flatMap(failuresOf)),
  }
}

/** A run that failed without a failed test (an error outside of any) still failed. @param {number} code @param {string[]} failures */
function atLeastOneIf(code, failures) {
  return code !== 0 && failures.length === 0 ? ['an error outside of any test: see above'] : failures
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
