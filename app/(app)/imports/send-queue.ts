import type { NamedFile } from './dropped-files'
import { type Said, sendFile } from './send-file'
import type { TransferChange } from './transfer'

/** Files sent at once: two keep the line busy while one waits for its answer. */
const PARALLEL = 2

export type QueuedFile = NamedFile & Said & { key: number }

/** Sends files in their order, a few at a time; a stopped one keeps its file and can be queued again. */
export class SendQueue {
  private readonly files = new Map<number, QueuedFile>()
  private waiting: QueuedFile[] = []
  private readonly sending = new Map<number, AbortController>()

  constructor(
    private readonly onChange: (key: number, changes: TransferChange) => void,
    /** Whenever the server has one file more, or has refused it. */
    private readonly onSettled: () => void,
  ) {}

  add(files: readonly QueuedFile[]): void {
    for (const file of files) this.files.set(file.key, file)
    this.waiting.push(...files)
    this.pump()
  }

  /** Answers whether there was anything to stop. */
  stop(key: number): boolean {
    const abort = this.sending.get(key)
    const waits = this.waiting.some((one) => one.key === key)
    this.waiting = this.waiting.filter((one) => one.key !== key)
    abort?.abort()
    return waits || abort !== undefined
  }

  /** Queues a stopped file again. */
  resume(key: number): void {
    const file = this.files.get(key)
    if (file === undefined) return
    this.waiting.push(file)
    this.pump()
  }

  forget(key: number): void {
    this.stop(key)
    this.files.delete(key)
  }

  private pump(): void {
    while (this.sending.size < PARALLEL) {
      const next = this.waiting.shift()
      if (next === undefined) return
      void this.send(next)
    }
  }

  private async send(file: QueuedFile): Promise<void> {
    const { key } = file
    const abort = new AbortController()
    this.sending.set(key, abort)
    this.onChange(key, { phase: 'sending' })
    const result = await sendFile({
      ...file,
      onOpen: (uploadId) => this.onChange(key, { uploadId }),
      onSent: (sentBytes) => this.onChange(key, { sentBytes }),
      onWaiting: (waitsFor) => this.onChange(key, { waitsFor }),
      signal: abort.signal,
    })
    if (this.sending.get(key) === abort) this.sending.delete(key)
    if (result.kind !== 'stopped') {
      this.files.delete(key)
      this.onChange(
        key,
        result.kind === 'arrived' ? { phase: 'reading' } : { phase: 'over', error: result.message },
      )
    }
    this.onSettled()
    this.pump()
  }
}
