import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { withSmallBody } from './with-small-body'

const MIB = 1024 * 1024

/** A request whose body is as many MiB, told how many of them were asked for. */
function sent(mib: number, headers: Record<string, string> = {}) {
  const asked = { mib: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (asked.mib === mib) return controller.close()
      asked.mib++
      controller.enqueue(new Uint8Array(MIB).fill(97))
    },
  })
  const init = { method: 'POST', headers, body, duplex: 'half' } as const
  return { asked, request: new NextRequest('http://cordon.test/api/auth/callback/credentials?a=b', init) }
}

const echo = withSmallBody(async (request) => {
  const { search } = request.nextUrl
  return Response.json([
    request.method,
    search,
    request.cookies.get('c')?.value,
    (await request.text()).length,
  ])
})

test('a small body arrives with its method, address and cookies', async () => {
  const { request } = sent(1, { cookie: 'c=1' })
  expect(await (await echo(request)).json()).toEqual(['POST', '?a=b', '1', MIB])
})

test('a body without an announced end is refused at 1 MB, before anybody is handed any of it', async () => {
  const { request } = sent(2)
  expect((await echo(request)).status).toBe(413)
})

test('a body that is announced to be larger is refused unread', async () => {
  const { request, asked } = sent(300, { 'content-length': String(300 * MIB) })
  expect((await echo(request)).status).toBe(413)
  expect(asked.mib).toBeLessThanOrEqual(1)
})
