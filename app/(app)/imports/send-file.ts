import type { SaidOrder } from '@/lib/pipeline/parse/date-order'

/** What became of sending. */
export type SendResult = { kind: 'arrived' } | { kind: 'failed'; message: string } | { kind: 'stopped' }

/** What is said of files that do not say it themselves; '' = nothing. */
export type Said = {
  /** Of records that name none. */
  host: string
  /** Of a table's dates. */
  dateOrder: SaidOrder | ''
}

export type Sending = Said & {
  file: File
  name: string
  /** The server's id for it, once it has one. */
  onOpen: (id: string) => void
  /** Bytes that the server has, or that are on their way to it. */
  onSent: (bytes: number) => void
  /** Why it waits to be tried again: the connection is broken, or what the server says; null = it no longer does. */
  onWaiting: (reason: string | null) => void
  signal: AbortSignal
}

/** A request's bytes: a broken connection repeats little, and requests do not slow a large file down. */
const PIECE_BYTES = 8 * 1024 * 1024
/** How long a broken connection, or a server that has no room, is waited for, again and again. */
const RETRY_MS = [500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000, 30_000]
const BROKEN = 'The connection is broken.'
const LATER = 'Choose the file again later: it goes on where it stopped.'

/**
 * Sends one file as it lies on disk, in pieces. After a broken connection, or another day with the same file, it goes on with what the
 * server has, which knows a file by its name, size and last change.
 */
export async function sendFile(sending: Sending): Promise<SendResult> {
  for (let failures = 0; ; failures++) {
    const answer = await sendRest(sending)
    sending.onWaiting(null)
    if (sending.signal.aborted) return { kind: 'stopped' }
    if (answer.kind === 'done') return { kind: 'arrived' }
    if (answer.kind === 'refused') return { kind: 'failed', message: answer.message }
    // what went through meanwhile earns new patience
    if (answer.progress) failures = 0
    const wait = RETRY_MS[failures]
    const reason = answer.said ?? BROKEN
    if (wait === undefined) return { kind: 'failed', message: `${reason} ${LATER}` }
    sending.onWaiting(reason)
    await delay(wait, sending.signal)
  }
}

type Refused = { kind: 'refused'; message: string }
/** `said`: by a server that is busy or away. */
type Broken = { kind: 'broken'; said: string | null }
type RestResult = { kind: 'done' } | Refused | (Broken & { progress: boolean })

/** Asks how much the server has and sends what is missing. */
async function sendRest(sending: Sending): Promise<RestResult> {
  const { file, name, host, dateOrder, signal } = sending
  const opened = await ask(
    {
      method: 'POST',
      url: 'resumable',
      query: {
        name,
        size: String(file.size),
        fingerprint: `changed ${file.lastModified}`,
        ...(host !== '' && { host }),
        ...(dateOrder !== '' && { dateOrder }),
      },
    },
    signal,
  )
  if (opened.kind !== 'answered') return toResult(opened, false)
  const { id = '' } = opened.body
  sending.onOpen(id)
  const start = opened.body.receivedBytes ?? 0
  let received = start
  sending.onSent(received)
  while (received < file.size) {
    const offset = received
    const piece = await ask(
      { method: 'PATCH', url: id, query: { offset: String(offset) } },
      signal,
      file.slice(offset, offset + PIECE_BYTES),
      (bytes) => sending.onSent(Math.min(offset + bytes, file.size)),
    )
    if (piece.kind !== 'answered') return toResult(piece, received > start)
    received = piece.body.receivedBytes ?? received
    sending.onSent(received)
    sending.onWaiting(null)
  }
  return { kind: 'done' }
}

function toResult(failure: Refused | Broken, progress: boolean): RestResult {
  return failure.kind === 'broken' ? { ...failure, progress } : failure
}

type Body = { id?: string; receivedBytes?: number; error?: { message?: string } }
type Asked = { kind: 'answered'; body: Body } | Refused | Broken
type Question = { method: 'POST' | 'PATCH'; url: string; query: Record<string, string> }

/** XMLHttpRequest, because fetch cannot tell how much has been sent. */
function ask(
  { method, url, query }: Question,
  signal: AbortSignal,
  content?: Blob,
  onSent?: (bytes: number) => void,
): Promise<Asked> {
  return new Promise((resolve) => {
    const breakOff = () => resolve({ kind: 'broken', said: null })
    if (signal.aborted) return breakOff()
    const request = new XMLHttpRequest()
    request.open(method, `/api/ingest/v1/uploads/${url}?${new URLSearchParams(query)}`)
    request.upload.onprogress = (event) => onSent?.(event.loaded)
    request.onload = () => resolve(toAsked(request))
    request.onerror = breakOff
    request.onabort = breakOff
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(content)
  })
}

/** A busy or restarting server is tried again like a broken connection, and heard; anything else that it refuses stays refused. */
function toAsked(request: XMLHttpRequest): Asked {
  const body = parse(request.responseText)
  if (request.status >= 200 && request.status < 300 && body !== null) return { kind: 'answered', body }
  const said = body?.error?.message ?? null
  if (request.status === 429 || request.status === 503) return { kind: 'broken', said }
  if (request.status >= 500) return { kind: 'broken', said: null }
  const message = said ?? `The server answered ${request.status}: send the file again.`
  return { kind: 'refused', message }
}

function parse(text: string): Body | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
