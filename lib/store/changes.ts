import { setTimeout as delay } from 'node:timers/promises'
import { log } from '@/lib/log'
import { pool } from './pool'
import { type Db, execute, sql } from './sql'

/** The channel on which every process hears of changes: the kind of what changed, 'deviation', 'decision', or 'notification:' and an account. */
export const CHANGES = 'cordon_change'
/** Said to listeners after a gap: anything may have changed. */
export const ANYTHING = 'anything'
const RETRY_MS = 1_000

/** Tells those who watch, in this process and in others, once the transaction commits. */
export async function tellChange(db: Db, kind: string): Promise<void> {
  await execute(db, sql`SELECT pg_notify(${CHANGES}, ${kind})`)
}

/** null: the process is ending, nothing more will be said. */
type Listener = (kind: string | null) => void

const listeners = new Set<Listener>()
let watch: Watch | null = null
let endsWithProcess = false

/** Calls back at each change, whichever process made it. Answers what ends that. */
export function watchChanges(listener: Listener): () => void {
  listeners.add(listener)
  watch ??= new Watch()
  if (!endsWithProcess) {
    endsWithProcess = true
    // streams that stay open would keep a server from ending
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => tell(null))
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    watch?.end()
    watch = null
  }
}

function tell(kind: string | null): void {
  for (const listener of [...listeners]) listener(kind)
}

/** One connection a process while anybody watches, made again when it breaks. */
class Watch {
  private readonly ended = new AbortController()

  constructor() {
    void this.keepListening()
  }

  end(): void {
    this.ended.abort()
  }

  private async keepListening(): Promise<void> {
    for (let first = true; !this.ended.signal.aborted; first = false) {
      try {
        await this.listen(() => {
          if (!first) tell(ANYTHING)
        })
      } catch (error) {
        log().warn({ err: error }, 'changes are not heard of; trying again')
      }
      await delay(RETRY_MS, undefined, { ref: false, signal: this.ended.signal }).catch(() => undefined)
    }
  }

  private async listen(onOpen: () => void): Promise<void> {
    const client = await pool().connect()
    try {
      const over = new Promise<void>((resolve) => {
        client.once('error', () => resolve())
        client.once('end', () => resolve())
        this.ended.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      client.on('notification', ({ payload }) => tell(payload ?? ANYTHING))
      await client.query(`LISTEN ${CHANGES}`)
      onOpen()
      if (!this.ended.signal.aborted) await over
    } finally {
      client.release(true)
    }
  }
}
