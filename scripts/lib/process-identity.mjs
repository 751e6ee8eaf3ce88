import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a running process started, as the system words it, or null when there is none.
 * With the pid it names one process for good: pids alone are used again.
 * @param {number} pid
 */
export function startOf(pid) {
  if (process.platform !== 'linux') return ps(pid, 'lstart=')
  const { state, start } = readStat(pid)
  // a zombie has ended; only its parent has not asked yet
  return state === 'Z' ? null : (start ?? null)
}

/** The command line of a process, or null when there is none. @param {number} pid */
export function commandOf(pid) {
  if (process.platform !== 'linux') return ps(pid, 'command=')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return null
  }
}

/** Fields of proc_pid_stat(5), counted after the parenthesised name, which may hold spaces. @param {number} pid */
function readStat(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { state: fields[0], start: fields[19] }
  } catch {
    return {}
  }
}

/** @param {number} pid @param {string} field */
function ps(pid, field) {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', field], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}
