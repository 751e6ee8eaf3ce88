import { readFileSync } from 'node:fs'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import { DEFAULT_ACCESS_POLICY } from '@/lib/store/access-policy'
import type { AccountActor } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'
import { createSession } from '@/lib/store/sessions'

const COOKIE = 'cordon-session'
const HOUR_MS = 3_600_000
const PATIENCE_MS = 20_000

/** Runs a server action as a page does that has it, of `item` where it is of one; whether it says that it was done. @throws where no answer comes */
type Act = (cookie: string, name: string, args: readonly unknown[], item: string) => Promise<boolean>

/** The pages as people use them: server actions by the names that the build gave them. */
export function openSite(url: string, web: string): Act {
  const manifest = JSON.parse(
    readFileSync(path.join(web, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> }
  const find = (name: string) => {
    const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name)
    if (found === undefined) throw new Error(`There is no action ${name}.`)
    const [shortest = ''] = Object.keys(found[1].workers).sort((one, other) => one.length - other.length)
    return { id: found[0], page: shortest }
  }
  return async (cookie, name, args, item) => {
    const { id, page } = find(name)
    const answer = await fetch(`${url}${toAddress(page, item)}`, {
      method: 'POST',
      headers: { cookie, origin: url, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const text = await answer.text()
    return answer.ok && text.includes('"ok":true')
  }
}

/** 'app/(app)/decisions/[id]/page' → '/decisions/7' */
function toAddress(worker: string, item: string): string {
  return worker
    .replace(/^app/, '')
    .replaceAll(/\/\([^/]*\)/g, '')
    .replaceAll(/\[\w+\]/g, item)
    .replace(/\/page$/, '')
}

/** Signs a person in; answers their cookie. Whoever approves in a benchmark has always just proved who they are. */
export async function cookieOf({ accountId }: AccountActor): Promise<string> {
  const now = new Date()
  const provedAt = new Date(now.getTime() + HOUR_MS)
  const { sessionHours: hours } = DEFAULT_ACCESS_POLICY
  const proof = { userAgent: 'bench', method: 'password', provedAt, hours } as const
  const sub = await prisma().$transaction((tx) => createSession(tx, accountId, proof, now))
  const token = await encode({ token: { sub }, secret: env('AUTH_SECRET'), salt: COOKIE })
  return `${COOKIE}=${token}`
}
