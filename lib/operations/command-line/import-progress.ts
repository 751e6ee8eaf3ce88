import cliProgress from 'cli-progress'
import { printable } from './printable'

const MB = 1_000_000

/** The bar of `npm run import` on standard error: bytes, records and time left; nothing where that is no terminal. */
export class ImportProgress {
  private readonly bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} % · {read} of {size} MB · {records} records · {eta_formatted} left · {file}',
    stream: process.stderr,
    noTTYOutput: false,
    etaBuffer: 50,
    forceRedraw: true,
  })
  private earlierRecords = 0
  private records = 0

  constructor(private readonly totalBytes: number) {
    // a bar over nothing would divide by zero
    this.bar.start(Math.max(1, totalBytes), 0, this.payload(0, ''))
  }

  /** `bytes` of everything, `records` of the file. */
  update(bytes: number, records: number, file: string): void {
    this.records = records
    this.bar.update(Math.min(bytes, this.totalBytes), this.payload(bytes, file))
  }

  nextFile(): void {
    this.earlierRecords += this.records
    this.records = 0
  }

  say(line: string): void {
    process.stderr.write(`\n${line}\n`)
  }

  stop(): void {
    this.bar.stop()
  }

  private payload(bytes: number, file: string) {
    return {
      read: (bytes / MB).toFixed(1),
      size: (this.totalBytes / MB).toFixed(1),
      records: this.earlierRecords + this.records,
      file: printable(file),
    }
  }
}
