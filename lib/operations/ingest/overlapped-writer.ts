import { setImmediate } from 'node:timers/promises'

/** Records read between two looks at what the database answered. */
const RECORDS_BETWEEN_LOOKS = 64

/** Writes one batch while the next is read: the database and the reader take about as long as each other. */
export class OverlappedWriter {
  private writing: Promise<void> | null = null
  private recordsSinceLook = 0
  /** Whether what was thrown is a failure to write, and no damage of what is read. */
  hasFailed = false

  /** Begins a write; the one before must have settled. Its failure is thrown by `settled`. */
  begin(write: () => Promise<void>): void {
    this.writing = write()
    this.writing.catch(() => {
      this.hasFailed = true
    })
  }

  /** Waits until what was begun is written. Throws what it threw, each time it is asked. */
  async settled(): Promise<void> {
    await this.writing
    this.writing = null
  }

  /** To be asked for each record read: whether to `letGoOn`. */
  isTimeToLook(): boolean {
    return this.writing !== null && ++this.recordsSinceLook >= RECORDS_BETWEEN_LOOKS
  }

  /** Records from memory would otherwise not let the database's answers in. */
  async letGoOn(): Promise<void> {
    this.recordsSinceLook = 0
    await setImmediate()
  }
}
