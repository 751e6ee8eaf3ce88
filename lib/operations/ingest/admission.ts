import { ExpectedError } from '@/lib/errors'

/** Bytes that all requests together may hold: received, and not committed yet. Past it, new ones are asked to come again. */
const MAX_BYTES = 64 * 1024 * 1024
/** Past the limit, a request that was let in commits whenever it holds this much. */
const FAIR_BYTES = 1024 * 1024
/** A request costs some memory before it holds anything. */
const MAX_REQUESTS = 128
/** Batches being written at once: what is left of the database's connections is the pages'. */
const MAX_WRITERS = 3

/** What one request holds. */
export type Ticket = {
  hold: (bytes: number) => void
  /** Whether it should commit what it holds before it reads on. */
  isPressed: () => boolean
  /** Runs a write when its turn comes; what was held is then committed. */
  write: <T>(work: () => Promise<T>) => Promise<T>
  close: () => void
}

/** Bounds what requests that store events cost together, so that a fleet that catches up slows down instead of taking the pages' memory and connections. */
export class Admission {
  private bytes = 0
  private requests = 0
  private writers = 0
  private readonly queue: (() => void)[] = []

  /** @throws ExpectedError 'busy' */
  open(): Ticket {
    if (this.bytes >= MAX_BYTES || this.requests >= MAX_REQUESTS)
      throw new ExpectedError('busy', 'Too many events at once: send them again in a few seconds.')
    this.requests++
    let held = 0
    const release = () => {
      this.bytes -= held
      held = 0
    }
    return {
      hold: (bytes) => {
        held += bytes
        this.bytes += bytes
      },
      isPressed: () => this.bytes >= MAX_BYTES && held >= FAIR_BYTES,
      write: async (work) => {
        const result = await this.inTurn(work)
        release()
        return result
      },
      close: () => {
        release()
        this.requests--
      },
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.writers >= MAX_WRITERS) await new Promise<void>((resolve) => this.queue.push(resolve))
    else this.writers++
    try {
      return await work()
    } finally {
      // the next one takes the place over
      const next = this.queue.shift()
      if (next) next()
      else this.writers--
    }
  }
}
