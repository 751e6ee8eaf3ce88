import { readFileSync } from 'node:fs'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import type { AccountActor } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'
import { createSession } from '@/lib/store/sessions'

const COOKIE = 'cordon-session'
const HOUR_MS = 3_600_000
const PATIENCE_MS = 20_000

/** The pages as people use them: a session's cookie, and server actions by the names that the build gave them. */
export type Site = {
  url: string
  /** Runs a server action as its page does; whether it says that it was done. @throws where no answer comes */
  act: (cookie: string, name: string, args: readonly unknown[]) => Promise<boolean>
}

export function openSite(url: string, web: string): Site {
  const manifest = JSON.parse(
    readFileSync(path.join(web, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> }
  const idOf = (name: string) => {
    const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name)
    if (found === undefined) throw new Error(`There is no action ${name}.`)
    return found[0]
  }
  return {
    url,
    async act(cookie, name, args) {
      const answer = await fetch(`${url}/deviations`, {
        method: 'POST',
        headers: {
          cookie,
          origin: url,
          'next-action': idOf(name),
          'content-type': 'text/plain;charset=UTF-8',
        },
        body: JSON.stringify(args),
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      const text = await answer.text()
      return answer.ok && text.includes('"ok":true')
    },
  }
}

/** Signs a person in; answers their cookie. Whoever approves in a benchmark has always just proved who they are. */
export async function cookieOf({ accountId }: AccountActor): Promise<string> {
  const now = new Date()
  const provedAt = new Date(now.getTime() + HOUR_MS)
  const proof = { userAgent: 'bench', method: 'password', provedAt } as const
  const sub = await prisma().$transaction((tx) => createSession(tx, accountId, proof, now))
  const token = await encode({ token: { sub }, secret: env('AUTH_SECRET'), salt: COOKIE })
  return `${COOKIE}=${token}`
}
