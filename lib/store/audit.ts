import { createHash } from 'node:crypto'
import type { Actor } from '@/lib/pipeline/actor'
import { type AuditContent, canonicalJson, type Json, storable } from '@/lib/pipeline/decision/audit-content'
import { CHANGES } from '@/lib/store/changes'
import type { PrismaClient } from '@/lib/store/generated/client'
import type { PrismaTransaction } from './prisma'

/** Serialises appenders, so that each row follows the one committed before it. */
const AUDIT_LOCK = 4_823_001
const GENESIS = Buffer.alloc(32)
const VERIFY_BATCH = 1000

/** What an operation says about itself. */
export type AuditSubject = {
  /** A verb in the past: 'account-created'. */
  action: string
  subjectKind: string
  subjectId: string
  detail?: Json
}

/** Appends a row to the chain inside the transaction that does the work; whoever watches its kind of subject is told once it commits. */
export async function appendAudit(
  tx: PrismaTransaction,
  actor: Actor,
  subject: AuditSubject,
  at: Date,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${AUDIT_LOCK}::bigint), pg_notify(${CHANGES}, ${subject.subjectKind})`
  const last = await tx.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } })
  const previousHash = last?.hash ?? GENESIS
  const content: AuditContent = {
    at: at.toISOString(),
    ...identity(actor),
    action: subject.action,
    subjectKind: subject.subjectKind,
    subjectId: subject.subjectId,
    detail: storable(subject.detail ?? {}),
  }
  await tx.auditEntry.create({
    data: {
      ...content,
      at,
      // a top-level JSON null is not a value Prisma writes; operations give objects
      detail: content.detail ?? {},
      previousHash: new Uint8Array(previousHash),
      hash: chainHash(previousHash, content),
    },
  })
}

function identity(actor: Actor): Pick<AuditContent, 'actorKind' | 'actorId' | 'actorName'> {
  switch (actor.kind) {
    case 'account':
      return { actorKind: 'account', actorId: actor.accountId, actorName: actor.name }
    case 'key':
      return { actorKind: 'key', actorId: actor.keyId, actorName: actor.name }
    case 'system':
      return { actorKind: 'system', actorId: null, actorName: actor.name }
  }
}

function chainHash(previousHash: Uint8Array, content: AuditContent): Uint8Array<ArrayBuffer> {
  const digest = createHash('sha256').update(previousHash).update(canonicalJson(content)).digest()
  return new Uint8Array(digest)
}

export type AuditVerification =
  | { intact: true; entries: number; head: string }
  /** `brokenAt` is the first row that does not follow from the one before it. */
  | { intact: false; entries: number; brokenAt: bigint }
  /** The rows follow from each other, but rows at the end are missing: the record of the end knows of more. */
  | { intact: false; entries: number; missing: bigint }

type Head = { entryId: bigint; entries: bigint; hash: Uint8Array }

/**
 * Reads the whole chain in batches, recomputes every hash, and compares its end with the record of it, which the application cannot write. Rows
 * appended meanwhile are left for the next time. `head`: the last row's hash in hexadecimal, to be kept elsewhere.
 */
export async function verifyChain(client: PrismaClient): Promise<AuditVerification> {
  const head = await client.auditHead.findUnique({ where: { id: 1 } })
  if (!head) return { intact: false, entries: 0, missing: 0n }
  const read = await readChain(client, head)
  if (read.brokenAt !== null) return { intact: false, entries: read.entries, brokenAt: read.brokenAt }
  const isEnd = BigInt(read.entries) === head.entries && equal(read.last, head.hash)
  return isEnd
    ? { intact: true, entries: read.entries, head: Buffer.from(head.hash).toString('hex') }
    : { intact: false, entries: read.entries, missing: head.entries - BigInt(read.entries) }
}

type Chain = { entries: number; last: Uint8Array; brokenAt: bigint | null }

async function readChain(client: PrismaClient, { entryId }: Head): Promise<Chain> {
  let previous: Uint8Array = GENESIS
  let after = 0n
  let entries = 0
  for (;;) {
    const batch = await client.auditEntry.findMany({
      where: { id: { gt: after, lte: entryId } },
      orderBy: { id: 'asc' },
      take: VERIFY_BATCH,
    })
    for (const row of batch) {
      entries++
      const { id: _id, previousHash, hash, at, ...rest } = row
      const content = { ...rest, at: at.toISOString() } as AuditContent
      const follows = equal(previousHash, previous) && equal(hash, chainHash(previousHash, content))
      if (!follows) return { entries, last: previous, brokenAt: row.id }
      previous = hash
      after = row.id
    }
    if (batch.length < VERIFY_BATCH) return { entries, last: previous, brokenAt: null }
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
