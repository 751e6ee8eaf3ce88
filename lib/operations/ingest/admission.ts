import { ExpectedError } from '@/lib/errors'

/** Bytes that all requests together may hold: received, and not committed yet. Past it, new ones are asked to come again. */
const MAX_BYTES = 64 * 1024 * 1024
/** Past the limit, a request that was let in commits whenever it holds this much. */
const FAIR_BYTES = 1024 * 1024
/** Past this nobody holds more, whoever was let in: what a request has committed stays, and it comes again. */
const MOST_BYTES = 256 * 1024 * 1024
/** A request costs some memory before it holds anything. */
const MAX_REQUESTS = 64
/** One sender that sends slowly, or too much, leaves room for the others. */
const MAX_REQUESTS_OF_ONE = 32
/** Batches being written at once: what is left of the database's connections is the pages'. */
const MAX_WRITERS = 3

/** What one request holds. */
export type Ticket = {
  /** @throws ExpectedError 'busy' when all together hold far too much */
  hold: (bytes: number) => void
  /** Holds what the answer needs, until the request ends. */
  keep: (bytes: number) => void
  /** Whether it should commit what it holds before it reads on. */
  isPressed: () => boolean
  /** Runs a write; what was held is then committed. */
  write: <T>(work: () => Promise<T>) => Promise<T>
  close: () => void
}

/** Bounds what requests that store events cost together, so that a fleet that catches up slows down instead of taking the pages' memory and connections. */
export class Admission {
  private bytes = 0
  private requests = 0
  private readonly requestsOf = new Map<string, number>()
  private writers = 0
  private readonly queue: (() => void)[] = []

  /** @throws ExpectedError 'busy' */
  open(sender: string): Ticket {
    const others = this.requestsOf.get(sender) ?? 0
    if (this.bytes >= MAX_BYTES || this.requests >= MAX_REQUESTS || others >= MAX_REQUESTS_OF_ONE)
      throw busy()
    this.requests++
    this.requestsOf.set(sender, others + 1)
    let [held, kept] = [0, 0]
    const release = () => {
      this.bytes -= held
      held = 0
    }
    return {
      hold: (bytes) => {
        if (this.bytes + bytes > MOST_BYTES) throw busy()
        held += bytes
        this.bytes += bytes
      },
      keep: (bytes) => {
        kept += bytes
        this.bytes += bytes
      },
      isPressed: () => this.bytes >= MAX_BYTES && held >= FAIR_BYTES,
      write: async (work) => {
        const result = await work()
        release()
        return result
      },
      close: () => {
        release()
        this.bytes -= kept
        this.leave(sender)
      },
    }
  }

  private leave(sender: string): void {
    this.requests--
    const left = (this.requestsOf.get(sender) ?? 1) - 1
    if (left > 0) this.requestsOf.set(sender, left)
    else this.requestsOf.delete(sender)
  }

  /** Runs a transaction when its turn comes. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
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

function busy(): ExpectedError {
  return new ExpectedError('busy', 'Too many events at once: send them again in a few seconds.')
}
