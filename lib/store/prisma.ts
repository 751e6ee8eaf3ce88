import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/lib/store/generated/client'
import { type Pool, pool } from './pool'
import type { Sql } from './sql'

let shared: { on: Pool; client: PrismaClient } | null = null

/** Prisma on the process's pool, also after that was closed and opened anew: accounts, groups, catalogue, rulings, decisions, audit. */
export function prisma(): PrismaClient {
  const on = pool()
  if (shared?.on !== on) shared = { on, client: createPrisma(on) }
  return shared.client
}

export function createPrisma(pgPool: Pool): PrismaClient {
  // what was asked for has no place in an error's words, which are logged
  return new PrismaClient({ adapter: new PrismaPg(pgPool), errorFormat: 'minimal' })
}

export type PrismaTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** Runs a statement that was composed for its effect; answers the number of rows it touched. */
export async function executeIn(tx: PrismaTransaction, { text, values }: Sql): Promise<number> {
  return await tx.$executeRawUnsafe(text, ...values)
}

/** Whether a change was refused because a value that may stand once stands already. */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'P2002'
}
