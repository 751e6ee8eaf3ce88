/** What the server answered, or why it did not. */
export type SendResult =
  | { kind: 'accepted'; id: string }
  | { kind: 'failed'; message: string }
  | { kind: 'aborted' }

/**
 * Sends one file as it lies on disk. XMLHttpRequest, because fetch cannot tell how much has been sent.
 * `onSent` gets the bytes sent so far.
 */
export function sendFile(
  file: File,
  name: string,
  host: string,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<SendResult> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ name, ...(host !== '' && { host }) })
    request.open('POST', `/api/ingest/v1/uploads?${query}`)
    request.upload.onprogress = (event) => onSent(Math.min(event.loaded, file.size))
    request.onload = () => resolve(toResult(request))
    request.onerror = () =>
      resolve({
        kind: 'failed',
        message: 'The connection broke. Nothing of this file was read: send it again.',
      })
    request.onabort = () => resolve({ kind: 'aborted' })
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) resolve({ kind: 'aborted' })
    else request.send(file)
  })
}

function toResult(request: XMLHttpRequest): SendResult {
  const answer = parse(request.responseText)
  if (request.status === 202 && typeof answer?.id === 'string') return { kind: 'accepted', id: answer.id }
  return {
    kind: 'failed',
    message: answer?.error?.message ?? `The server answered ${request.status}: send the file again.`,
  }
}

function parse(text: string): { id?: string; error?: { message?: string } } | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
