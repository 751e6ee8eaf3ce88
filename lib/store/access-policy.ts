import { ROLES, type Role } from '@/lib/pipeline/actor'
import { type PrismaTransaction, prisma } from './prisma'

/** How people sign in, and for how long. */
export type AccessPolicy = {
  /** Roles that need the second step. */
  twoStepRoles: readonly Role[]
  /** A session that nobody used for this long is over. */
  idleMinutes: number
  /** However busy, sign in again after this long. */
  sessionHours: number
  /** How long a proof of who somebody is holds for what needs a fresh one. */
  freshMinutes: number
}

export const DEFAULT_ACCESS_POLICY: AccessPolicy = {
  twoStepRoles: [],
  idleMinutes: 480,
  sessionHours: 168,
  freshMinutes: 10,
}

/** As the administrator set it; as shipped otherwise. */
export async function loadAccessPolicy(): Promise<AccessPolicy> {
  return accessPolicy(await prisma().accessPolicy.findUnique({ where: { id: 1 } }))
}

/** The policy of a stored row; null = as shipped. */
export function accessPolicy(
  row: (Omit<AccessPolicy, 'twoStepRoles'> & { twoStepRoles: readonly string[] }) | null,
): AccessPolicy {
  if (!row) return DEFAULT_ACCESS_POLICY
  const { idleMinutes, sessionHours, freshMinutes } = row
  return {
    twoStepRoles: ROLES.filter((role) => row.twoStepRoles.includes(role)),
    idleMinutes,
    sessionHours,
    freshMinutes,
  }
}

export async function saveAccessPolicy(tx: PrismaTransaction, policy: AccessPolicy): Promise<void> {
  const data = { ...policy, twoStepRoles: [...policy.twoStepRoles] }
  await tx.accessPolicy.upsert({ where: { id: 1 }, create: data, update: data })
}
