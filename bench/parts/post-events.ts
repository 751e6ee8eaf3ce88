type Answer = { ok: boolean; status: number; retryAfter: string | null; text: string }

/** Sends NDJSON as a shipper does; the answer read to its end. Without `patienceMs` it is waited for however long it takes. */
export async function postEvents(
  url: string,
  key: string,
  body: string,
  patienceMs?: number,
): Promise<Answer> {
  const answer = await fetch(`${url}/api/ingest/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
    signal: patienceMs === undefined ? null : AbortSignal.timeout(patienceMs),
  })
  const text = await answer.text()
  return { ok: answer.ok, status: answer.status, retryAfter: answer.headers.get('retry-after'), text }
}
