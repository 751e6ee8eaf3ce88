import { checkHealth } from '@/lib/store/screens/health'

export const dynamic = 'force-dynamic'

/**
 * For load balancers and monitors, without a key: 200 when the pages can be served, else 503, with the reasons. `?check=live` asks
 * only whether this process answers, so that nobody restarts it for a database that is away.
 */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  if (new URL(request.url).searchParams.get('check') === 'live')
    return Response.json({ ok: true }, { headers })
  const health = await checkHealth()
  return Response.json(health, { status: health.ok ? 200 : 503, headers })
}
