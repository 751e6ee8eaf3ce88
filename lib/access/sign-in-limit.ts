import { RateLimiterMemory } from 'rate-limiter-flexible'

const WINDOW_SECONDS = 15 * 60
/** Failures in a window, per account and per address (an office shares one). */
const byAccount = new RateLimiterMemory({ points: 10, duration: WINDOW_SECONDS })
const byAddress = new RateLimiterMemory({ points: 50, duration: WINDOW_SECONDS })

/** Whether another attempt may be made; asking costs nothing. */
export async function mayAttempt(email: string, address: string): Promise<boolean> {
  const [account, source] = await Promise.all([byAccount.get(email), byAddress.get(address)])
  return left(account?.remainingPoints) && left(source?.remainingPoints)
}

function left(points: number | undefined): boolean {
  return points === undefined || points > 0
}

/** Counts a failed attempt; beyond the limit there is nothing more to count. */
export async function countFailure(email: string, address: string): Promise<void> {
  await Promise.allSettled([byAccount.consume(email), byAddress.consume(address)])
}

/** A success clears the account's failures, not the address's. */
export async function clearFailures(email: string): Promise<void> {
  await byAccount.delete(email)
}
