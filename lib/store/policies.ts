import type { Scope } from '@/lib/pipeline/actor'
import type { BundleFile } from '@/lib/pipeline/export/bundle'
import type { DecisionSet } from '@/lib/pipeline/export/placed-block'
import { listBlocks } from './blocks'
import { seesAllOf } from './decisions'
import type { PrismaTransaction } from './prisma'
import { type Db, findRow, rows, sql } from './sql'

/** The decisions that controls carry out on a day ('YYYY-MM-DD'), those that the actor sees whole, with the names that they speak of. */
export async function loadDecisionSet(db: Db, scope: Scope, day: string): Promise<DecisionSet> {
  const [blocks, groups] = await Promise.all([
    listBlocks(db, day),
    rows<{ id: number; name: string }>(db, sql`SELECT id, name FROM host_group`),
  ])
  const whole = await Promise.all(blocks.map((block) => seesAllOf(scope, block.scope)))
  const seen = blocks.filter((_, at) => whole[at])
  const hosts = seen.flatMap((block) => [...block.hosts, ...block.sparedHosts])
  return {
    blocks: seen,
    names: {
      groups: new Map(groups.map(({ id, name }) => [id, name])),
      hosts: new Map(hosts.map(({ id, name }) => [id, name])),
    },
  }
}

/** Keeps what was downloaded, once however often it is; answers the version's id. */
export async function keepPolicyVersion(
  tx: PrismaTransaction,
  version: {
    contentHash: string
    decisions: number[]
    files: readonly BundleFile[]
    createdAt: Date
    createdBy: string
  },
): Promise<number> {
  const { contentHash, files, ...rest } = version
  await tx.policyVersion.createMany({
    data: [{ ...rest, contentHash, files: files.map((file) => ({ ...file })) }],
    skipDuplicates: true,
  })
  const { id } = await tx.policyVersion.findUniqueOrThrow({ where: { contentHash }, select: { id: true } })
  return id
}

/** Files of a version that was kept; null = there is none. Versions hold every decision: they are for those who see all hosts. */
export async function findPolicyVersion(db: Db, scope: Scope, id: number): Promise<BundleFile[] | null> {
  if (scope.kind !== 'all') return null
  const found = await findRow<{ files: BundleFile[] }>(
    db,
    sql`SELECT files FROM policy_version WHERE id = ${id}`,
  )
  return found?.files ?? null
}
