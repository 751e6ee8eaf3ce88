import { createPool, type Pool } from '@/lib/store/pool'

const ADDRESS = process.env['DATABASE_URL'] ?? ''

/** The name of the database that the pages under test read. */
export const DATABASE_NAME = new URL(ADDRESS).pathname.slice(1)

/** Does something as the database's owner, whom its limits do not hold. */
export async function asOwner<T>(act: (owner: Pool) => Promise<T>): Promise<T> {
  const owner = createPool(ADDRESS, 1)
  try {
    return await act(owner)
  } finally {
    await owner.end()
  }
}
