import { setTimeout as sleep } from 'node:timers/promises'

const AGAIN_MS = 100

/** Asks until the answer is not null, also when asking fails. @throws after `limitMs`, with what was waited for */
export async function until<T>(what: string, limitMs: number, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + limitMs
  let last: unknown
  while (performance.now() < deadline) {
    const answer = await ask().catch((error: unknown) => {
      last = error
      return null
    })
    if (answer !== null) return answer
    await sleep(AGAIN_MS)
  }
  throw new Error(`${what}: not within ${limitMs / 1000} s`, { cause: last })
}
