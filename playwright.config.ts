import { defineConfig } from '@playwright/test'

const { BASE_URL, CHROME_PATH } = process.env

const specs = (...names: string[]) => names.map((name) => `${name}.spec.ts`)

/** What every program and everybody who comes in meets, whatever they came for. */
const BORDERS = specs(
  'api',
  'entrances',
  'forgotten-password',
  'import',
  'import-control',
  'openapi',
  'outage',
  'shipper-programs',
  'shippers',
  'sign-in',
  'single-sign-on',
  'two-step',
  'web',
)

/** What holds on every page, and what administrators set. */
const GROUNDS = specs('accessibility', 'admin', 'host-identity', 'keyboard', 'reports', 'sigma', 'tuning')

/** `npm test` builds, starts the server and sets BASE_URL and CHROME_PATH; see scripts/lib/browser-tests.mjs. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  // what passes only the second time is told as flaky, by name; it does not decide
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  outputDir: 'test-results',
  reporter: 'list',
  // each takes about a third of the time and runs on an installation of its own, beside the others; journeys share
  // one with what is said of the fleet as simulated, which comes first: later, hosts of a day never used much
  projects: [
    { name: 'simulated fleet', testMatch: 'never-seen.spec.ts' },
    { name: 'journeys', testIgnore: ['never-seen.spec.ts', ...BORDERS, ...GROUNDS] },
    { name: 'grounds', testMatch: GROUNDS },
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
