import { setTimeout as sleep } from 'node:timers/promises'
import { postEvents } from '../parts/post-events'
import { until } from '../parts/until'

const PATIENCE_MS = 20_000
const LIMIT_MS = 240_000

/** Sends a batch until it is acknowledged, as a shipper does; answers how often it was sent. */
export async function sendUntilTaken(url: string, key: string, records: readonly string[]): Promise<number> {
  let tries = 0
  await until('a batch is taken', LIMIT_MS, async () => {
    tries += 1
    const { ok, status, retryAfter } = await postEvents(url, key, records.join('\n'), PATIENCE_MS)
    if (status === 429) await sleep(Number(retryAfter) * 1000)
    return ok ? true : null
  })
  return tries
}

/** Uploads a file until it is acknowledged, and answers its id. */
export async function uploadUntilTaken(url: string, key: string, name: string, records: readonly string[]) {
  return await until('a file is taken', LIMIT_MS, async () => {
    const answer = await fetch(`${url}/api/ingest/v1/uploads?name=${name}.ndjson`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: records.join('\n'),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const text = await answer.text()
    return answer.status === 202 ? (JSON.parse(text) as { id: string }).id : null
  })
}

/** Waits until an upload was read to its end. */
export async function untilRead(url: string, key: string, id: string): Promise<void> {
  await until('a file is read', LIMIT_MS, async () => {
    const answer = await fetch(`${url}/api/ingest/v1/uploads/${id}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const { state, error } = (await answer.json()) as { state?: string; error?: string }
    if (state === 'failed' || state === 'cancelled') throw new Error(`The upload ${state}: ${error}`)
    return state === 'done' ? true : null
  })
}
