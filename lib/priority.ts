import { readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { isMainThread } from 'node:worker_threads'

/**
 * By how much what can wait comes after pages (nice; 19 is the most): a thirtieth of the processor each where both want it, all of it where they do
 * not. Several of them may want it beside one page.
 */
export const BEHIND_PAGES = 15
/** Linux takes one change of a session's priority at a time from ordinary users, and refuses others for a tenth of a second. */
const AGAIN_MS = 150
const MOST_TRIES = 40

let comesBehind = false

/** Whether this program, or this thread of it, comes after pages: what works for it elsewhere should too. */
export function isBehindPages(): boolean {
  return comesBehind
}

/** Lets pages come before this process; called in a thread, before that thread, where the system knows a priority of each (Linux). */
export async function goBehindPages(): Promise<void> {
  comesBehind = true
  if (isMainThread) await putBehindPages(process.pid)
  else if (process.platform === 'linux') os.setPriority(BEHIND_PAGES)
}

/**
 * Lets pages come before another process of this user's. Where Linux shares the processor among sessions (sched(7), "The autogroup feature"), a process's
 * own priority counts only within its session: that of a session which begins with the process is lowered as well.
 * @throws where there is no such process, or it is not ours to slow down
 */
export async function putBehindPages(pid: number): Promise<void> {
  os.setPriority(pid, BEHIND_PAGES)
  if (process.platform === 'linux' && (await sessionOf(pid)) === pid) await lowerSession(pid)
}

/** The session that a process belongs to (proc_pid_stat(5)); its name, before that, may have brackets and spaces in it. */
async function sessionOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[3])
}

async function lowerSession(pid: number): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await writeFile(`/proc/${pid}/autogroup`, String(BEHIND_PAGES))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // elsewhere: a system without it, or one that lets nobody write here
      if (code !== 'EAGAIN' || tries === MOST_TRIES) return
      await delay(AGAIN_MS * (0.5 + Math.random()), undefined, { ref: false })
    }
  }
}
