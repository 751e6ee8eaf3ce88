import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'

const MAX_LOG_BYTES = 10 * 1024 * 1024
const STILL_RUNNING_MS = 10_000

/** Progress goes to stderr: stdout belongs to what a command answers. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** @param {number} sinceMs from performance.now() */
export function elapsed(sinceMs) {
  const seconds = (performance.now() - sinceMs) / 1000
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/**
 * Runs one named part of a longer job, saying that it began, that it still runs, and how long it took.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const start = performance.now()
  const terminal = process.stderr.isTTY
  const show = terminal
    ? () => process.stderr.write(`\r  ${name} … ${elapsed(start)} `)
    : () => say(`  ${name} … ${elapsed(start)}`)
  if (terminal) show()
  else say(`  ${name} …`)
  const ticker = setInterval(show, terminal ? 500 : STILL_RUNNING_MS)
  try {
    const result = await work()
    if (terminal) process.stderr.write('\r')
    say(`✔ ${name}  ${elapsed(start)}  `)
    return result
  } catch (error) {
    if (terminal) process.stderr.write('\r')
    say(`✖ ${name}  ${elapsed(start)}  `)
    throw error
  } finally {
    clearInterval(ticker)
  }
}

/**
 * A log file that keeps itself below twice MAX_LOG_BYTES, and its last lines for an error message.
 * @param {string} file
 */
export function openLog(file) {
  mkdirSync(path.dirname(file), { recursive: true })
  let bytes = existsSync(file) ? statSync(file).size : 0
  let stream = open()
  let tail = ''

  function open() {
    // a full disk must not end the program that is being logged
    return createWriteStream(file, { flags: 'a', mode: 0o600 }).on('error', () => undefined)
  }
  function rotate() {
    stream.end()
    renameSync(file, `${file}.1`)
    bytes = 0
    stream = open()
  }
  return {
    file,
    /** @param {Buffer | string} chunk */
    write(chunk) {
      if (bytes > MAX_LOG_BYTES && existsSync(file)) rotate()
      bytes += chunk.length
      tail = (tail + chunk).slice(-4000)
      stream.write(chunk)
    },
    tail: () => tail.trim().split('\n').slice(-15).join('\n'),
    close: () => stream.end(),
  }
}
/** @typedef {ReturnType<typeof openLog>} Log */
