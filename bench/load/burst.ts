import { postEvents } from '../parts/post-events'
import { toRecords } from '../parts/records'

const CONNECTIONS = 80
const RECORDS = 4000

/** Sends much more at once than is taken; each answer is that it is stored, or to come again later. */
export async function burst(url: string, key: string): Promise<{ statuses: string; problems: string[] }> {
  const body = toRecords(`burst${Math.floor(performance.now())}`, RECORDS, { hosts: 50, share: 0.03 }).join(
    '\n',
  )
  const problems: string[] = []
  const counts = new Map<number, number>()
  const one = async () => {
    const { status, retryAfter } = await postEvents(url, key, body)
    counts.set(status, (counts.get(status) ?? 0) + 1)
    if (status === 429 && retryAfter === null) problems.push('a burst was answered without Retry-After')
    if (status !== 200 && status !== 429) problems.push(`a burst was answered with ${status}`)
  }
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () =>
      one().catch((error: Error) => void problems.push(`a burst: ${error} (${error.cause})`)),
    ),
  )
  return { statuses: [...counts].map(([status, times]) => `${times} × ${status}`).join(', '), problems }
}
