/** Seconds by the clock that work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** How much of a limit is reached, by the seconds that both take: '89 %'. */
export function shareOf(limit: number, ours: number): string {
  return `${Math.round((limit / ours) * 100)} %`
}
