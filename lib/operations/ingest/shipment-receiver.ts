import { type SentError, toError } from '@/lib/operations/threads/calls'
import { SHIPMENTS, type Shipment } from './shipments'

type Piece = Uint8Array | SentError | null
export type OpenOrder = Shipment & { id: number }
/** `piece`: bytes, null at their end, or why there are no more. */
export type FeedOrder = { id: number; piece: Piece }

type Open = { feed: Feed; outcome: Promise<unknown> }

/** Receives shipments whose bytes another thread passes on, piece by piece as each is asked for. */
export class ShipmentReceiver {
  private readonly opened = new Map<number, Open>()

  /** Answers whether the first bytes are wanted; not, where the shipment is refused as it is. */
  open({ id, kind, actor, notes }: OpenOrder): Promise<boolean> {
    const feed = new Feed()
    const outcome: Promise<unknown> = SHIPMENTS[kind](actor, feed.pieces(), notes)
    this.opened.set(id, { feed, outcome })
    outcome.then(feed.close, feed.close)
    return feed.isWanted()
  }

  /** Answers whether more is wanted, once it is. */
  feed({ id, piece }: FeedOrder): Promise<boolean> {
    return this.opened.get(id)?.feed.give(piece) ?? Promise.resolve(false)
  }

  /** What became of it. */
  async outcome(id: number): Promise<unknown> {
    const open = this.opened.get(id)
    this.opened.delete(id)
    return await open?.outcome
  }
}

/** Bytes that are handed over one piece at a time. */
class Feed {
  private given: ((piece: Piece) => void) | null = null
  private asked: ((isWanted: boolean) => void) | null = null
  private isClosed = false

  /** Nobody asks any more. */
  readonly close = (): void => {
    this.isClosed = true
    this.asked?.(false)
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = new Promise<Piece>((resolve) => {
        this.given = resolve
      })
      this.asked?.(true)
      const piece = await next
      if (piece === null) return
      if (!(piece instanceof Uint8Array)) throw toError(piece)
      yield piece
    }
  }

  isWanted(): Promise<boolean> {
    if (this.isClosed) return Promise.resolve(false)
    if (this.given !== null) return Promise.resolve(true)
    return new Promise((resolve) => {
      this.asked = resolve
    })
  }

  give(piece: Piece): Promise<boolean> {
    const { given } = this
    this.given = this.asked = null
    given?.(piece)
    return this.isWanted()
  }
}
