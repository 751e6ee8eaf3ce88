import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { ReadRule } from '@/lib/pipeline/sigma/read-rules'
import { FROM_THAT_DAY } from './host-work'
import { takingDaysAgain } from './hosts'
import { executeIn, type PrismaTransaction } from './prisma'
import { type Db, findRow, rows, sql } from './sql'

/** Changes with every change of the rules. The count too: of two changes, the one with the lower id may be committed last. */
export async function findSigmaVersion(db: Db): Promise<string> {
  const found = await findRow<{ version: string }>(
    db,
    sql`SELECT count(*) || ' ' || coalesce(max(id), 0) AS version FROM sigma_rule_revision`,
  )
  return found?.version ?? ''
}

/** The same within a transaction of Prisma's. */
export async function findSigmaVersionIn(tx: PrismaTransaction): Promise<string> {
  const [found] = await tx.$queryRaw<{ version: string }[]>`
    SELECT count(*) || ' ' || coalesce(max(id), 0) AS version FROM sigma_rule_revision`
  return found?.version ?? ''
}

export async function loadEnabledRules(db: Db): Promise<{ id: string; document: unknown }[]> {
  return await rows(db, sql`SELECT id, document FROM sigma_rule WHERE enabled ORDER BY id`)
}

/** A stored rule as a load is compared with it. */
export type StoredRule = {
  id: string
  title: string
  setName: string
  modified: string | null
  document: unknown
}

export async function loadStoredRules(db: Db): Promise<StoredRule[]> {
  return await rows(
    db,
    sql`SELECT r.id, r.title, s.name AS "setName", r.modified, r.document
        FROM sigma_rule r JOIN sigma_rule_set s ON s.id = r.set_id ORDER BY r.id`,
  )
}

type Change = { at: Date; accountId: string | null }

/** The set of a name, made where there is none. */
export async function ensureSigmaSet(
  tx: PrismaTransaction,
  { name, source, at }: { name: string; source: string; at: Date },
): Promise<number> {
  const set = await tx.sigmaRuleSet.upsert({
    where: { name },
    create: { name, source, loadedAt: at },
    update: { source, loadedAt: at },
  })
  return set.id
}

/** Stores rules as new, or over those of the same id, which stay on or off. */
export async function storeSigmaRules(
  tx: PrismaTransaction,
  setId: number,
  read: readonly ReadRule[],
  { at, accountId }: Change,
): Promise<void> {
  const ids = read.map(({ rule }) => rule.id)
  const known = await tx.sigmaRule.findMany({
    where: { id: { in: ids } },
    select: { id: true, enabled: true },
  })
  const enabledOf = new Map(known.map(({ id, enabled }) => [id, enabled]))
  const data = read.map(({ rule, document }) => ({
    id: rule.id,
    setId,
    title: rule.title,
    level: rule.level,
    status: rule.status,
    category: rule.category,
    product: rule.product,
    description: rule.description,
    author: rule.author,
    links: [...rule.references],
    tags: [...rule.tags],
    modified: rule.modified,
    unknownFields: [...rule.unknownFields],
    document: document as { [key: string]: Json },
    enabled: enabledOf.get(rule.id) ?? true,
    updatedAt: at,
  }))
  await tx.sigmaRule.deleteMany({ where: { id: { in: ids } } })
  await tx.sigmaRule.createMany({ data })
  await writeRevisions(
    tx,
    data.map(({ id, enabled, document }) => ({ ruleId: id, enabled, document })),
    { at, accountId },
  )
}

/** Turns rules on or off; answers the ids of those that were otherwise. */
export async function switchSigmaRules(
  tx: PrismaTransaction,
  ids: readonly string[],
  enabled: boolean,
  change: Change,
): Promise<string[]> {
  const where = { id: { in: [...ids] }, enabled: !enabled }
  const turned = await tx.sigmaRule.findMany({ where, select: { id: true, document: true } })
  await tx.sigmaRule.updateMany({ where, data: { enabled, updatedAt: change.at } })
  await writeRevisions(
    tx,
    turned.map(({ id, document }) => ({ ruleId: id, enabled, document })),
    change,
  )
  return turned.map(({ id }) => id)
}

/** Deletes rules, and sets that they leave empty; their revisions stay. Answers the ids of those that were there. */
export async function deleteSigmaRules(
  tx: PrismaTransaction,
  ids: readonly string[],
  change: Change,
): Promise<string[]> {
  const where = { id: { in: [...ids] } }
  const gone = await tx.sigmaRule.findMany({ where, select: { id: true, document: true } })
  await tx.sigmaRule.deleteMany({ where })
  await tx.sigmaRuleSet.deleteMany({ where: { rules: { none: {} } } })
  await writeRevisions(
    tx,
    gone.map(({ id, document }) => ({ ruleId: id, enabled: false, document, validTo: change.at })),
    change,
  )
  return gone.map(({ id }) => id)
}

type Revision = { ruleId: string; enabled: boolean; document: unknown; validTo?: Date }

/** Closes the revisions in force and opens new ones; a deleted rule's is closed at once. */
async function writeRevisions(
  tx: PrismaTransaction,
  revisions: readonly Revision[],
  { at, accountId }: Change,
): Promise<void> {
  await tx.sigmaRuleRevision.updateMany({
    where: { ruleId: { in: revisions.map(({ ruleId }) => ruleId) }, validTo: null },
    data: { validTo: at },
  })
  await tx.sigmaRuleRevision.createMany({
    data: revisions.map(({ document, ...rest }) => ({
      ...rest,
      document: document as { [key: string]: Json },
      validFrom: at,
      accountId,
    })),
  })
}

/**
 * Has days computed again after rules changed: where rules that are no longer asked were hits, from their first; where rules are asked that
 * were not, every host from its first execution.
 */
export async function queueSigmaDays(
  tx: PrismaTransaction,
  changed: { asked: boolean; unasked: readonly string[] },
): Promise<number> {
  // a day that is being computed now still asks the rules as they were
  await executeIn(tx, takingDaysAgain)
  const hosts = await (changed.asked
    ? executeIn(
        tx,
        sql`INSERT INTO host_work (host_id, dirty_from, revision)
        SELECT host_id, (min(anchor_at) AT TIME ZONE 'UTC')::date, 1 FROM execution GROUP BY host_id ORDER BY host_id ${FROM_THAT_DAY}`,
      )
    : executeIn(
        tx,
        sql`INSERT INTO host_work (host_id, dirty_from, revision)
        SELECT host_id, min(day), 1 FROM sigma_hit WHERE rule_id = ANY(${[...changed.unasked]}::text[]) GROUP BY host_id ORDER BY host_id ${FROM_THAT_DAY}`,
      ))
  await tx.$executeRaw`NOTIFY cordon_work`
  return hosts
}
