import { type PrismaTransaction, prisma } from './prisma'

/** What may be refused at the door, as the audit log names it. */
export type RefusedAction = 'sign-ins-refused' | 'sign-ins-locked-out' | 'proofs-refused'

/** Stands for every address that has no account: who guesses addresses makes no rows. */
const UNKNOWN = 'unknown'
/** Of the addresses it came from, so many are told. */
const MOST_ADDRESSES = 5

/**
 * Counts a refusal, until `takeRefusals` has the audit log say so. By one statement, the same for an e-mail address that has an account and
 * one that has none; what was typed is not kept.
 */
export async function noteRefusal(
  action: RefusedAction,
  { email, address }: { email: string | null; address: string },
  now: Date,
): Promise<void> {
  await prisma().$executeRaw`
    INSERT INTO sign_in_refusal AS r (action, subject, first_at, last_at, addresses)
    SELECT ${action}, coalesce((SELECT id::text FROM account WHERE email = ${email}), ${UNKNOWN}), ${now}, ${now}, ARRAY[${address}]
    ON CONFLICT (action, subject) DO UPDATE SET attempts = r.attempts + 1, last_at = excluded.last_at,
      addresses = CASE WHEN excluded.addresses <@ r.addresses OR cardinality(r.addresses) >= ${MOST_ADDRESSES}
        THEN r.addresses ELSE r.addresses || excluded.addresses END`
}

export type Refusals = {
  action: string
  /** Of the account's person. */
  name: string | null
  /** Null = of addresses that have no account. */
  accountId: string | null
  attempts: number
  firstAt: Date
  lastAt: Date
  addresses: string[]
}

/** Takes out what began before `before`, so that it is told once. */
export async function takeRefusals(tx: PrismaTransaction, before: Date): Promise<Refusals[]> {
  const taken = await tx.$queryRaw<(Omit<Refusals, 'accountId'> & { subject: string })[]>`
    DELETE FROM sign_in_refusal WHERE first_at < ${before}
    RETURNING action, subject, (SELECT name FROM account WHERE id::text = subject) AS name, attempts, first_at AS "firstAt", last_at AS "lastAt", addresses`
  return taken.map(({ subject, ...refusals }) => ({
    ...refusals,
    accountId: subject === UNKNOWN ? null : subject,
  }))
}
