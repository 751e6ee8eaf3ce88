import { spawn } from 'node:child_process'
import { diskFull, Failure, saysDiskFull } from './failure.mjs'
import { ROOT } from './paths.mjs'

const KEPT_OUTPUT = 200_000

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill()
})

/** Ends a program with us, when we are interrupted before it is done. @template {import('node:child_process').ChildProcess} Child @param {Child} child @returns {Child} */
export function endWithUs(child) {
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

/**
 * Runs a program to its end, keeping the last of its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, show?: boolean }} [options] `show` passes the output on as it comes, to stderr
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { env = process.env, cwd = ROOT, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = endWithUs(spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] }))
    let output = ''
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      output = (output + chunk).slice(-KEPT_OUTPUT)
      if (show) process.stderr.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * Runs a program that has to succeed.
 * @param {string} what names the work in the failure: "Installing packages"
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(what, command, args, options) {
  const { code, output } = await run(command, args, options)
  if (code === 0) return output
  if (saysDiskFull(output)) throw diskFull()
  throw new Failure(`${what} failed:\n${output.trim().split('\n').slice(-40).join('\n')}`)
}

/** A program of an installed package, run by this Node. @param {string} file inside node_modules */
export function nodeModule(file) {
  return [process.execPath, `${ROOT}/node_modules/${file}`]
}
