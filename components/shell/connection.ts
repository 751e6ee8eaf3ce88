/** up; doubted: something failed, and the server is being asked; lost: it did not answer. */
export type ConnectionState = { kind: 'up' } | { kind: 'doubted' | 'lost'; sinceMs: number }

const UP: ConnectionState = { kind: 'up' }
/** Between two questions to a server that is away. */
const ASK_MS = 3_000

/** Whether the server can be reached, asked only once something failed. One a window. */
export class Connection {
  state: ConnectionState = UP
  private readonly listeners = new Set<() => void>()
  private asking = false
  private again: ReturnType<typeof setTimeout> | undefined

  /** `answers`: asks the server once; `onBack` runs when one that was lost answers again. */
  constructor(
    private readonly answers: () => Promise<boolean>,
    private readonly onBack: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): ConnectionState => this.state

  /** Something failed: what is shown is known up to now, until the server says otherwise. */
  readonly doubt = (): void => {
    if (this.state.kind === 'up') this.move({ kind: 'doubted', sinceMs: this.now() })
    void this.ask()
  }

  /** Asks no more. */
  end(): void {
    clearTimeout(this.again)
    this.move(UP)
  }

  private async ask(): Promise<void> {
    if (this.asking) return
    clearTimeout(this.again)
    this.asking = true
    const isThere = await this.answers()
    this.asking = false
    const { state } = this
    if (state.kind === 'up') return
    if (!isThere) {
      this.move({ kind: 'lost', sinceMs: state.sinceMs })
      this.again = setTimeout(() => void this.ask(), ASK_MS)
      return
    }
    this.move(UP)
    if (state.kind === 'lost') this.onBack()
  }

  private move(state: ConnectionState): void {
    if (state.kind === this.state.kind) return
    this.state = state
    for (const listener of this.listeners) listener()
  }
}

const ANSWER_MS = 5_000

/** Whether this server answers: a proxy before one that is away says something else than it does. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const response = await fetch('/api/health?check=live', {
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    return response.headers.get('content-type')?.startsWith('application/json') ?? false
  } catch {
    return false
  }
}
