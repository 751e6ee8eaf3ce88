import { databaseAnswers } from '@/lib/store/screens/health'

export const dynamic = 'force-dynamic'

/** For load balancers and monitors: 200 when the pages can be served, else 503. */
export async function GET(): Promise<Response> {
  const database = await databaseAnswers()
  return Response.json({ ok: database, database: database ? 'up' : 'down' }, { status: database ? 200 : 503 })
}
