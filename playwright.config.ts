import { defineConfig } from '@playwright/test'

const { BASE_URL, CHROME_PATH } = process.env

/** Every page as all meet it, and what changes the pages of all. About a third of the time that all specs take. */
const PAGES = specs([
  'accessibility',
  'openapi',
  'reports',
  'scope',
  'sigma',
  'tuning',
  'use-map',
  'what-if-decision',
])
/** What programs and people who come in meet, whatever they came for: another third. */
const BORDERS = specs([
  'api',
  'entrances',
  'forgotten-password',
  'import',
  'import-control',
  'outage',
  'shipper-programs',
  'shippers',
  'sign-in',
  'single-sign-on',
  'two-step',
  'web',
])

function specs(names: readonly string[]): string[] {
  return names.map((name) => `${name}.spec.ts`)
}

/** `npm test` builds, starts the server and sets BASE_URL and CHROME_PATH; see scripts/lib/browser-tests.mjs. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  // what passes only the second time is told as flaky, by name; it does not decide
  retries: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  outputDir: 'test-results',
  reporter: 'list',
  // pages and borders run on installations of their own, beside the journeys; the others share one, in this order:
  // what is never seen is said of the fleet as simulated, before journeys bring hosts of a day
  projects: [
    { name: 'simulated fleet', testMatch: 'never-seen.spec.ts' },
    { name: 'journeys', testIgnore: ['never-seen.spec.ts', ...PAGES, ...BORDERS] },
    { name: 'pages', testMatch: PAGES },
    { name: 'borders', testMatch: BORDERS },
  ],
  use: {
    baseURL: BASE_URL ?? 'http://localhost:3000',
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: CHROME_PATH,
      // Chromium's sandbox does not run as root
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        // pages live for seconds: compilers that optimise, and threads beside, take more of two cores than they give
        '--js-flags=--single-threaded --no-opt --no-maglev',
        // pages of one test after another share what was compiled of their scripts (e2e/test.ts)
        '--process-per-site',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
