import { ExpectedError } from '@/lib/errors'
import type { Actor, Role, Scope } from '@/lib/pipeline/actor'
import { type Action, rolesWith } from '@/lib/pipeline/decision/permissions'
import type { Account, AccountHostGroup } from '@/lib/store/generated/client'
import { type PrismaTransaction, prisma } from './prisma'
import { type Sql, sql } from './sql'

export type AccountActor = Extract<Actor, { kind: 'account' }>

/** The actor that an account row describes now. */
export function accountActor(
  account: Pick<Account, 'id' | 'email' | 'name' | 'role'> & {
    hostGroups: readonly Pick<AccountHostGroup, 'groupId'>[]
  },
): AccountActor {
  return {
    kind: 'account',
    accountId: account.id,
    email: account.email,
    name: account.name,
    // the column is only written from ROLES
    role: account.role as Role,
    scope: scopeOf(account.hostGroups),
  }
}

/** The hosts that an account sees: those of its groups, or all where it is limited to none. */
export function scopeOf(groups: readonly Pick<AccountHostGroup, 'groupId'>[]): Scope {
  return groups.length === 0
    ? { kind: 'all' }
    : { kind: 'groups', groupIds: groups.map(({ groupId }) => groupId) }
}

/** Whether an account may do something by its role, and sign in; `account`: what the query calls its row. */
export function mayNow(account: Sql, action: Action): Sql {
  return sql`(${account}.disabled_at IS NULL AND ${account}.role = ANY(${[...rolesWith(action)]}::text[]))`
}

/** Whether an account sees the whole fleet. */
export function seesAll(account: Sql): Sql {
  return sql`NOT EXISTS (SELECT FROM account_host_group seen WHERE seen.account_id = ${account}.id)`
}

export type Credentials = {
  id: string
  email: string
  /** Null where somebody else says who this is, or an invitation waits. */
  passwordHash: string | null
  totpSecret: string | null
  /** Null = no second step. */
  totpSince: Date | null
}
const CREDENTIALS = { id: true, email: true, passwordHash: true, totpSecret: true, totpSince: true } as const

/** What sign-in compares with; disabled accounts are not found. */
export async function findCredentials(email: string): Promise<Credentials | null> {
  return await prisma().account.findFirst({
    where: { email: email.toLowerCase(), disabledAt: null },
    select: CREDENTIALS,
  })
}

/** What somebody who is signed in proves again. */
export async function findOwnCredentials(accountId: string): Promise<Credentials> {
  return await prisma().account.findUniqueOrThrow({ where: { id: accountId }, select: CREDENTIALS })
}

export async function countAccounts(): Promise<number> {
  return await prisma().account.count()
}

/** Makes changes to administrators wait for each other, so that two cannot remove the last two at once. */
export async function lockAdministrators(tx: PrismaTransaction): Promise<void> {
  await tx.$queryRaw`SELECT id FROM account WHERE role = 'admin' ORDER BY id FOR UPDATE`
}

/** Keeps an account as it is from whoever else changes it or acts by it, until the transaction ends. @throws ExpectedError 'not-found' */
export async function lockAccount(tx: PrismaTransaction, id: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`SELECT id FROM account WHERE id = ${id}::uuid FOR UPDATE`
  if (found.length === 0) throw new ExpectedError('not-found', 'There is no such account.')
}
