import { createHash } from 'node:crypto'
import type { Actor } from '@/lib/pipeline/actor'
import { type AuditContent, canonicalJson, type Json, storable } from '@/lib/pipeline/decision/audit-content'
import { CHANGES } from '@/lib/store/changes'
import type { AuditEntry, PrismaClient } from '@/lib/store/generated/client'
import { LOCKS } from './advisory-lock'
import type { PrismaTransaction } from './prisma'

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
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.audit}::bigint), pg_notify(${CHANGES}, ${subject.subjectKind})`
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

/** `changed`: what the row says is not what its hash was made of. `unlinked`: it does not follow the row before it, of which some are missing or others. */
export type AuditFault = {
  kind: 'changed' | 'unlinked'
  entry: bigint
  /** ISO 8601. */
  at: string
  actor: string
  action: string
}

/** `entries`: rows that were read. */
export type AuditVerification = { entries: number } & (
  | { intact: true; head: string }
  | {
      intact: false
      /** In order, the first MAX_FAULTS. */
      faults: AuditFault[]
      /** Rows that are gone from the end: the record of it knows of more. 0 where none are. */
      missing: bigint
      /** The last row is not the one that the record of the end knows. */
      otherEnd: boolean
      /** The hash that was kept elsewhere is in no row. */
      unknownHead: boolean
    }
)

const MAX_FAULTS = 20

type Head = { entryId: bigint; entries: bigint; hash: Uint8Array }

/**
 * Reads the whole chain in batches, recomputes every hash, and compares its end with the record of it, which the application cannot write. Rows
 * appended meanwhile are left for the next time. `head`: the last row's hash in hexadecimal, to be kept elsewhere; `kept`: one that was, which has
 * to be in the chain still.
 */
export async function verifyChain(
  client: PrismaClient,
  kept: string | null = null,
): Promise<AuditVerification> {
  const head = await client.auditHead.findUnique({ where: { id: 1 } })
  if (!head) return { entries: 0, intact: false, faults: [], missing: 0n, otherEnd: true, unknownHead: false }
  const { entries, last, faults, found } = await readChain(client, head, kept)
  const missing = head.entries - BigInt(entries)
  const otherEnd = !equal(last, head.hash)
  const unknownHead = kept !== null && !found
  return faults.length === 0 && missing === 0n && !otherEnd && !unknownHead
    ? { entries, intact: true, head: Buffer.from(head.hash).toString('hex') }
    : { entries, intact: false, faults, missing: missing > 0n ? missing : 0n, otherEnd, unknownHead }
}

type Chain = { entries: number; last: Uint8Array; faults: AuditFault[]; found: boolean }

async function readChain(client: PrismaClient, { entryId }: Head, kept: string | null): Promise<Chain> {
  const chain: Chain = { entries: 0, last: GENESIS, faults: [], found: false }
  const wanted = kept === null ? null : Buffer.from(kept, 'hex')
  let after = 0n
  for (;;) {
    const batch = await client.auditEntry.findMany({
      where: { id: { gt: after, lte: entryId } },
      orderBy: { id: 'asc' },
      take: VERIFY_BATCH,
    })
    for (const row of batch) {
      chain.entries++
      const kind = faultOf(row, chain.last)
      if (kind !== null && chain.faults.length < MAX_FAULTS)
        chain.faults.push({
          kind,
          entry: row.id,
          at: row.at.toISOString(),
          actor: row.actorName,
          action: row.action,
        })
      chain.last = row.hash
      chain.found ||= wanted !== null && equal(wanted, row.hash)
      after = row.id
    }
    if (batch.length < VERIFY_BATCH) return chain
  }
}

function faultOf(row: AuditEntry, previous: Uint8Array): AuditFault['kind'] | null {
  const { id: _id, previousHash, hash, at, ...rest } = row
  const content = { ...rest, at: at.toISOString() } as AuditContent
  if (!equal(hash, chainHash(previousHash, content))) return 'changed'
  return equal(previousHash, previous) ? null : 'unlinked'
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
