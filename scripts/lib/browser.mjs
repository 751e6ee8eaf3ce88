import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { say } from './log.mjs'
import { mustRun, nodeModule } from './run.mjs'

/** The shell is the same engine without a browser around it: a page costs a third less to open. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
]
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * A Chromium that runs here: CHROME_PATH, the system's, Playwright's own, or one that is installed now.
 * @returns {Promise<string>} its path
 */
export async function findBrowser() {
  return (
    findSystemBrowser() ??
    (await findPlaywrightBrowser()) ??
    (await installPlaywrightBrowser()) ??
    (await installSystemBrowser()) ??
    fail()
  )
}

/** @returns {string | undefined} */
function findSystemBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return [process.env.CHROME_PATH ?? '', ...onPath, ...MAC_APPS].find(works)
}

async function findPlaywrightBrowser() {
  const { chromium } = await import('@playwright/test')
  const own = chromium.executablePath()
  return works(own) ? own : undefined
}

async function installPlaywrightBrowser() {
  say('No browser found: asking Playwright for one')
  const [node = '', playwright = ''] = nodeModule('@playwright/test/cli.js')
  // its whole Chromium: the headless shell alone is not what chromium.executablePath() names
  await mustRun('Installing a browser', node, [playwright, 'install', 'chromium'], { show: true }).catch(
    () => undefined,
  )
  return findPlaywrightBrowser()
}

async function installSystemBrowser() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  say('Installing the system’s Chromium')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await mustRun('apt-get update', 'apt-get', ['update'], { env })
  await mustRun(
    'apt-get install',
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    { env, show: true },
  )
  return findSystemBrowser()
}

/** @param {string} program */
function works(program) {
  return (
    existsSync(program) &&
    spawnSync(program, ['--headless', '--no-sandbox', '--version'], { timeout: 20_000 }).status === 0
  )
}

/** @returns {never} */
function fail() {
  throw new Failure(
    'The browser tests need Chromium: install chromium or google-chrome, or set CHROME_PATH to one.',
  )
}
