import { ExpectedError } from '@/lib/errors'

/**
 * Bytes of all requests together: received and not committed, or announced and yet to come. Past it, new ones are asked to come again: those let in share
 * what is read in a second, and of too many the last ones would wait until their senders give up.
 */
const MAX_BYTES = 64 * 1024 * 1024
/** Past the limit, a request that was let in commits whenever it holds this much. */
const FAIR_BYTES = 1024 * 1024
/** Past this nobody holds more, whoever was let in: what a request has committed stays, and it comes again. */
const MOST_BYTES = 256 * 1024 * 1024
/** A request costs some memory before it holds anything. */
const MAX_REQUESTS = 64
/** One sender that sends slowly, or too much, leaves room for the others: half of the requests, and of the bytes yet to come. */
const MAX_REQUESTS_OF_ONE = MAX_REQUESTS / 2
const MAX_AWAITED_OF_ONE = MAX_BYTES / 2
/** What one request announces counts as this at most: it may be long in coming. */
const MOST_ANNOUNCED = 16 * 1024 * 1024
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

/** Requests under way, and bytes that they announced and that are yet to come. */
type Load = { requests: number; awaited: number }

/** Bounds what requests that store events cost together, so that a fleet that catches up slows down instead of taking the pages' memory and connections. */
export class Admission {
  /** Received and not committed. */
  private bytes = 0
  private readonly all: Load = { requests: 0, awaited: 0 }
  private readonly loads = new Map<string, Load>()
  private writers = 0
  private readonly queue: (() => void)[] = []

  /** `announced`: how many bytes the request says are to come. @throws ExpectedError 'busy' */
  open(sender: string, announced = 0): Ticket {
    const own = this.loads.get(sender) ?? { requests: 0, awaited: 0 }
    if (this.isFull() || own.requests >= MAX_REQUESTS_OF_ONE || own.awaited >= MAX_AWAITED_OF_ONE)
      throw busy()
    this.loads.set(sender, own)
    const loads = [this.all, own]
    let [held, kept, awaited] = [0, 0, Math.min(announced, MOST_ANNOUNCED)]
    for (const load of loads) {
      load.requests++
      load.awaited += awaited
    }
    const arrived = (bytes: number) => {
      const came = Math.min(awaited, bytes)
      awaited -= came
      for (const load of loads) load.awaited -= came
    }
    const release = () => {
      this.bytes -= held
      held = 0
    }
    return {
      hold: (bytes) => {
        arrived(bytes)
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
        arrived(awaited)
        this.bytes -= kept
        for (const load of loads) load.requests--
        if (own.requests === 0) this.loads.delete(sender)
      },
    }
  }

  private isFull(): boolean {
    return this.bytes + this.all.awaited >= MAX_BYTES || this.all.requests >= MAX_REQUESTS
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
