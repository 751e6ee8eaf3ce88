import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { inTurn } from './lock.mjs'
import { step } from './log.mjs'
import { DIST, ROOT } from './paths.mjs'
import { mustRun, nodeModule } from './run.mjs'

const OLDEST_NODE = [20, 19]
/** Prisma asks this file instead of downloading its engine. */
export const SCHEMA_ENGINE = path.join(ROOT, 'scripts/schema-engine.mjs')

/** The environment of Prisma's command: no download, no call home. @param {NodeJS.ProcessEnv} [more] */
export function prismaEnv(more) {
  return {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: SCHEMA_ENGINE,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    ...more,
  }
}

/**
 * Makes the checkout runnable: packages as locked, and the database client generated from the schema. Writes nothing where it is already: services
 * have their program read-only.
 */
export async function ensureInstalled() {
  assertNode()
  if (hasLockedPackages() && isGenerated()) return
  await inTurn(DIST, 'an installation', async () => {
    if (!hasLockedPackages()) await step('Installing packages', npmCi)
    await ensureGenerated()
  })
}

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new Failure(
      `Cordon needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    )
}

/** Whether node_modules holds what package-lock.json says, by the list that npm leaves there when it is done. */
function hasLockedPackages() {
  const installedList = path.join(ROOT, 'node_modules/.package-lock.json')
  if (!existsSync(installedList)) return false
  const locked = readPackages(path.join(ROOT, 'package-lock.json'))
  const installed = readPackages(installedList)
  return Object.entries(locked).every(
    ([place, { version, optional }]) =>
      place === '' || optional === true || installed[place]?.version === version,
  )
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }>} */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** Install scripts would download binaries; nothing here needs them. */
async function npmCi() {
  const npm = process.env.npm_execpath
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await mustRun('Installing packages', npm ? process.execPath : 'npm', npm ? [npm, ...args] : args)
}

const GENERATED_FROM = path.join(ROOT, 'lib/store/generated/.schema-hash')

function isGenerated() {
  return existsSync(GENERATED_FROM) && readFileSync(GENERATED_FROM, 'utf8') === schemaHash()
}

async function ensureGenerated() {
  if (isGenerated()) return
  await step('Generating the database client', async () => {
    const [node = '', prisma = ''] = nodeModule('prisma/build/index.js')
    await mustRun('Generating the database client', node, [prisma, 'generate'], { env: prismaEnv() })
  })
  writeFileSync(GENERATED_FROM, schemaHash())
}

function schemaHash() {
  const folder = path.join(ROOT, 'prisma/schema')
  const hash = createHash('sha256').update(readFileSync(path.join(ROOT, 'node_modules/prisma/package.json')))
  for (const name of readdirSync(folder).sort())
    hash.update(name).update(readFileSync(path.join(folder, name)))
  return hash.digest('hex')
}
