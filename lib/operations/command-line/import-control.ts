import { setTimeout as delay } from 'node:timers/promises'
import { recordReadBytes } from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'

const PAUSE_POLL_MS = 500

/** What ends an import before its end: the person at the terminal, or somebody on the Imports page. */
export class ImportControl {
  /** Somebody cancelled it on the Imports page. */
  cancelled = false

  constructor(
    private readonly pool: Pool,
    private readonly uploadId: string,
    /** Ctrl-C, or the process being asked to end. */
    private readonly interrupt: AbortSignal,
    private readonly onPause: () => void,
  ) {}

  get interrupted(): boolean {
    return this.interrupt.aborted
  }

  get stopped(): boolean {
    return this.cancelled || this.interrupted
  }

  /** After each batch: notes how far it is, and waits here while the import is paused. */
  async checkIn(bytes: number): Promise<void> {
    for (let waits = 0; ; waits++) {
      const state = await recordReadBytes(this.pool, this.uploadId, bytes)
      this.cancelled = state !== 'running' && state !== 'paused'
      if (state !== 'paused' || this.interrupted) return
      if (waits === 0) this.onPause()
      await delay(PAUSE_POLL_MS, undefined, { signal: this.interrupt }).catch(() => undefined)
    }
  }
}
