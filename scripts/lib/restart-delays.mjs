const FIRST_MS = 500
const LAST_MS = 30_000
/** What ran this long had started well: its next end begins the waiting times anew. */
const HEALTHY_MS = 60_000

/** How long to wait before something that ended is started again, given how long it ran: longer each time. @returns {(ranMs: number) => number} milliseconds */
export function restartDelays() {
  let nextMs = FIRST_MS
  return (ranMs) => {
    const delayMs = ranMs > HEALTHY_MS ? FIRST_MS : nextMs
    nextMs = Math.min(delayMs * 2, LAST_MS)
    return delayMs
  }
}
