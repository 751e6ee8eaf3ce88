import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { threadsIn } from './build.mjs'
import { say } from './log.mjs'
import { ROOT } from './paths.mjs'
import { restartDelays } from './restart-delays.mjs'

const FOLLOW_PARENT = pathToFileURL(path.join(import.meta.dirname, 'follow-parent.mjs')).href
/**
 * Of a program's heap, unless NODE_OPTIONS says it. V8 goes by it when it decides how much of what nobody needs any more it lets stand: on a machine
 * with much memory up to three times what is needed (a limit of 4 GB), by this one no more than what is needed once again.
 */
const HEAP_MB = 2000
const NODE_OPTIONS = ['--enable-source-maps', ...heapLimit(), '--import', FOLLOW_PARENT]
const STOP_MS = 15_000
/** Who stopped something at the terminal is told by then what it waits for. */
const SILENT_MS = 2_000

function heapLimit() {
  const isSaid = /--max[-_]old[-_]space[-_]size/.test(process.env.NODE_OPTIONS ?? '')
  const isLower = getHeapStatistics().heap_size_limit < HEAP_MB * 1024 * 1024
  return isSaid || isLower ? [] : [`--max-old-space-size=${HEAP_MB}`]
}

/**
 * Starts a Node program in the background, which ends when we do.
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, log: import('./log.mjs').Log, cwd: string }} options
 */
export function startProgram(args, { env, log, cwd }) {
  // detached: Ctrl-C in the terminal reaches us alone, and we stop the parts in order
  const child = spawn(process.execPath, [...NODE_OPTIONS, ...args], {
    env,
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stdout?.on('data', log.write)
  child.stderr?.on('data', log.write)
  return child
}

/** @param {import('node:child_process').ChildProcess} child */
export function isRunning(child) {
  return child.exitCode === null && child.signalCode === null
}

/**
 * Keeps a Node program running: started again after it ends, later each time.
 * @param {string} name
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, log: import('./log.mjs').Log, cwd?: string }} options
 */
export function supervise(name, args, { env, log, cwd = ROOT }) {
  /** @type {import('node:child_process').ChildProcess} */
  let child
  /** @type {NodeJS.Timeout | undefined} */
  let retry
  const delayAfter = restartDelays()
  let stopping = false
  start()

  function start() {
    const startedAt = Date.now()
    child = startProgram(args, { env, log, cwd })
    child.once('close', (code, signal) => {
      if (stopping) return
      const delayMs = delayAfter(Date.now() - startedAt)
      say(
        `The ${name} ended (${signal ?? `exit code ${code}`}); starting it again in ${delayMs / 1000} s. Log: ${log.file}`,
      )
      retry = setTimeout(start, delayMs)
    })
  }
  return {
    isRunning: () => isRunning(child),
    pid: () => child.pid,
    stop: () => {
      stopping = true
      clearTimeout(retry)
      return stopProcess(child)
    },
  }
}

/**
 * Runs one of our bundled programs to its end in the foreground, its output as it is.
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./command.mjs').Cleanup} cleanup
 * @param {(child: import('node:child_process').ChildProcess) => void} [onStart]
 * @returns {Promise<number>} its exit code
 */
export function runBundle(file, args, env, cleanup, onStart) {
  return new Promise((resolve, reject) => {
    // paths in its arguments are meant from where npm was called
    const cwd = process.env.INIT_CWD ?? ROOT
    const child = spawn(process.execPath, [...NODE_OPTIONS, file, ...args], {
      env: { ...env, ...threadsIn(path.dirname(file)) },
      cwd,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    cleanup.add(() => stopTold(child))
    onStart?.(child)
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** Asks a process to end, and ends it when it does not. @param {import('node:child_process').ChildProcess} child @returns {Promise<void>} */
function stopProcess(child) {
  return new Promise((resolve) => {
    if (!isRunning(child)) return resolve()
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    child.once('close', () => {
      clearTimeout(impatience)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** The same, and says what it waits for where that takes a while. @param {import('node:child_process').ChildProcess} child */
async function stopTold(child) {
  const telling = setTimeout(
    () =>
      say(
        `It stores what it is at, for ${STOP_MS / 1000} s at most; then it is broken off. What is stored stays, and the same command goes on from there.`,
      ),
    SILENT_MS,
  )
  await stopProcess(child)
  clearTimeout(telling)
}
