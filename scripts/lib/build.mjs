import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import path from 'node:path'
import { inTurn } from './lock.mjs'
import { step } from './log.mjs'
import { DIST, ROOT } from './paths.mjs'
import { mustRun, nodeModule } from './run.mjs'

/** What the worker and the command line are made of, and what the pages need besides. */
const BUNDLE_SOURCES = [
  'lib',
  'worker',
  'cli',
  'prisma/schema',
  'prisma/seed',
  'fixtures',
  'package-lock.json',
  'tsconfig.json',
]
const WEB_SOURCES = [
  'app',
  'components',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.ts',
  'postcss.config.mjs',
]
const NOT_BUILT = /\.(test|bench)\.tsx?$|(^|\/)generated\//
/** Builds kept besides the newest: a running instance loads its code from one of them. */
const KEPT_BUILDS = 3

/**
 * The worker and the command line, as one file each, built unless these sources are already.
 * @returns {Promise<string>} the folder with worker.mjs and a file for each cli/NAME.ts
 */
export function ensureBundles() {
  return ensureBuild('bundles', hashOf(BUNDLE_SOURCES), 'Bundling worker and command line', bundle)
}

/** The pages and their server, built unless these sources are already. @returns {Promise<string>} the folder with server.js */
export function ensureWeb() {
  return ensureBuild('web', hashOf([...BUNDLE_SOURCES, ...WEB_SOURCES]), 'Building the pages', buildWeb)
}

/**
 * @param {string} kind
 * @param {string} hash
 * @param {string} name
 * @param {(target: string) => Promise<void>} build
 */
function ensureBuild(kind, hash, name, build) {
  const target = path.join(DIST, `${kind}-${hash}`)
  if (existsSync(target)) {
    noteUse(target)
    return Promise.resolve(target)
  }
  return inTurn(DIST, 'a build', async () => {
    if (!existsSync(target)) {
      const unfinished = path.join(DIST, 'unfinished')
      rmSync(unfinished, { recursive: true, force: true })
      await step(name, () => build(unfinished))
      renameSync(unfinished, target)
    }
    noteUse(target)
    removeOldBuilds(kind)
    return target
  })
}

/** A build that is used is not removed as an old one; where the program is read-only, as services have it, nobody removes any. @param {string} build */
function noteUse(build) {
  const now = new Date()
  try {
    utimesSync(build, now, now)
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error)
    if (!['EROFS', 'EACCES', 'EPERM'].includes(code)) throw error
  }
}

/** @param {string} target */
async function bundle(target) {
  const commands = readdirSync(path.join(ROOT, 'cli')).filter(
    (name) => name.endsWith('.ts') && !NOT_BUILT.test(name),
  )
  const entries = commands.map((name) => [name.replace(/\.ts$/, ''), `cli/${name}`])
  await bundleEntries(Object.fromEntries([...entries, ['worker', 'worker/main.ts']]), target)
}

/** What programs start as threads: it lies beside each of them. */
const THREADS = { 'ingest-thread': 'worker/ingest-thread.ts' }

/** What tells a program where that is. @param {string} bundles @returns {{ CORDON_THREAD: string }} */
export function threadsIn(bundles) {
  return { CORDON_THREAD: path.join(bundles, 'ingest-thread.mjs') }
}

/**
 * Node 20 runs no TypeScript: makes one .mjs of each entry, and of what they start as threads; packages stay in node_modules.
 * @param {Record<string, string>} entryPoints name of the result → source
 * @param {string} target
 */
export async function bundleEntries(entryPoints, target) {
  const esbuild = await import('esbuild')
  const result = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: { ...entryPoints, ...THREADS },
    outdir: target,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'error',
  })
  // its service would stay beside us for as long as we run
  await esbuild.stop()
  return result
}

/** @param {string} target */
async function buildWeb(target) {
  const output = path.join(ROOT, '.next')
  const [node = '', next = ''] = nodeModule('next/dist/bin/next')
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
  await mustRun('Building the pages', node, [next, 'build'], { env })
  // the standalone server leaves its static files to a CDN: we serve them ourselves
  const standalone = path.join(output, 'standalone')
  cpSync(path.join(output, 'static'), path.join(standalone, '.next/static'), { recursive: true })
  if (existsSync(path.join(ROOT, 'public')))
    cpSync(path.join(ROOT, 'public'), path.join(standalone, 'public'), { recursive: true })
  renameSync(standalone, target)
}

/** @param {string[]} sources */
function hashOf(sources) {
  const hash = createHash('sha256').update(process.version)
  for (const source of sources)
    for (const file of filesOf(source))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(path.join(ROOT, file)))
  return hash.digest('hex').slice(0, 16)
}

/** @param {string} source a file or folder, from the checkout @returns {string[]} */
function filesOf(source) {
  const place = path.join(ROOT, source)
  if (NOT_BUILT.test(source) || !existsSync(place)) return []
  if (!statSync(place).isDirectory()) return [source]
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesOf(`${source}/${name}`))
}

/** @param {string} kind */
function removeOldBuilds(kind) {
  const builds = readdirSync(DIST)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => path.join(DIST, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const old of builds.slice(1 + KEPT_BUILDS)) rmSync(old, { recursive: true, force: true })
}
