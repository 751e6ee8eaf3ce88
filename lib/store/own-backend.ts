import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import type pg from 'pg'
import { log } from '@/lib/log'
import { putBehindPages } from '@/lib/priority'

const LOOPBACK = /^(::ffff:)?127\.|^::1$/

/**
 * Lets pages come before what the database does for a connection, where it does that on this machine and as our user: else it would work for what can
 * wait as for pages. Nothing is done elsewhere; how fast it is asked is all that we have a say in there.
 */
export async function putBackendBehindPages(client: pg.PoolClient): Promise<void> {
  try {
    const pid = await findOwnBackend(client)
    if (pid !== null) await putBehindPages(pid)
  } catch (error) {
    // ended meanwhile, or another user's
    log().debug({ err: error }, 'a process of the database keeps its priority')
  }
}

/**
 * The process of this machine that serves a connection; null where it runs elsewhere. The number that a database tells is one of its own machine: it is
 * believed only if the process of that number here calls itself PostgreSQL's, and the server of the very port that we called from.
 */
async function findOwnBackend(client: pg.PoolClient): Promise<number | null> {
  if (process.platform !== 'linux') return null
  const { processID: pid } = client as pg.PoolClient & { processID: number | null }
  const { remoteAddress = '', localPort } = client.connection.stream as Socket
  if (pid === null || localPort === undefined || !LOOPBACK.test(remoteAddress)) return null
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8')
  return title.startsWith('postgres: ') && title.includes(`(${localPort})`) ? pid : null
}
