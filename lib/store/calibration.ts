import { type Calibration, type CalibrationInput, calibrate } from '@/lib/pipeline/deviation/calibration'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import type { PrismaTransaction } from './prisma'
import { type Db, execute, findRow, rows, sql } from './sql'

/** The threshold in force, and what is proposed in its place. */
export type Threshold = {
  id: string
  millibits: number
  /** Microseconds since 1970. */
  at: number
  throughDay: string
  quietDays: number
  itemsADay: number
  /** New items a day at it; null = too few quiet days to say. */
  expectedPerDay: number | null
  proposal: { millibits: number; expectedPerDay: number } | null
  /** What an administrator said of the proposal, or of the one before. */
  decision: 'accepted' | 'declined' | null
}

type Row = {
  id: string
  at: number
  through_day: string
  quiet_days: number
  items_a_day: number
  threshold_millibits: number
  expected_thousandths: number | null
  proposed_millibits: number | null
  proposed_thousandths: number | null
  decision: 'accepted' | 'declined' | null
}

/** null = nothing was calibrated yet: everything that deviates is shown. */
export async function findThreshold(db: Db): Promise<Threshold | null> {
  const row = await findRow<Row>(db, sql`SELECT * FROM calibration ORDER BY id DESC LIMIT 1`)
  if (row === null) return null
  const { proposed_millibits: millibits, proposed_thousandths: expected } = row
  return {
    id: row.id,
    millibits: row.threshold_millibits,
    at: row.at,
    throughDay: row.through_day,
    quietDays: row.quiet_days,
    itemsADay: row.items_a_day,
    expectedPerDay: row.expected_thousandths === null ? null : row.expected_thousandths / 1000,
    proposal: millibits === null || expected === null ? null : { millibits, expectedPerDay: expected / 1000 },
    decision: row.decision,
  }
}

/** Millibits from which items are shown, as a value in a query. */
export const THRESHOLD_SQL = sql`coalesce((SELECT threshold_millibits FROM calibration ORDER BY id DESC LIMIT 1), ${DEVIATION_FLOOR_MILLIBITS})`

/** Days that a calibration looks back over. Origin: as long as a month's routines take to come round. */
const RECENT_DAYS = 30

type Recent = { throughDay: string; items: CalibrationInput['items']; quietDays: Set<number> }

/** What a calibration learns from: the recent days on which hosts reported and nothing bad was known of; null = nothing was reported yet. */
async function loadRecentItems(db: Db): Promise<Recent | null> {
  const days = await rows<{ day: string; number: number; quiet: boolean }>(
    db,
    sql`WITH newest AS (SELECT max(day) AS day FROM coverage),
          reported AS (SELECT DISTINCT c.day FROM coverage c, newest WHERE c.day > newest.day - ${RECENT_DAYS}::int)
        SELECT r.day, r.day - '1970-01-01'::date AS number,
          NOT EXISTS (SELECT FROM deviation_hit h JOIN deviation d ON d.id = h.deviation_id
            WHERE h.day = r.day AND d.state IN ('flagged', 'malicious'))
          AND NOT EXISTS (SELECT FROM incident i WHERE i.withdrawn_at IS NULL AND i.from_day <= r.day
            AND (i.to_day IS NULL OR i.to_day >= r.day)) AS quiet
        FROM reported r ORDER BY r.day`,
  )
  const newest = days.at(-1)
  if (newest === undefined) return null
  const items = await rows<{ day: number; item: string; score: number }>(
    db,
    sql`SELECT h.day - '1970-01-01'::date AS day, h.deviation_id AS item, max(h.score_millibits) AS score
        FROM deviation_hit h JOIN deviation d ON d.id = h.deviation_id
        WHERE h.day > ${newest.day}::date - ${2 * RECENT_DAYS}::int AND d.state = 'open' GROUP BY 1, 2`,
  )
  return {
    throughDay: newest.day,
    items: items.map(({ day, item, score }) => ({ day, item, scoreMillibits: score })),
    quietDays: new Set(days.filter(({ quiet }) => quiet).map(({ number }) => number)),
  }
}

/** A proposal that was declined comes back once it asks for this much more, in millibits: one bit halves what is seen, roughly. */
const DECLINED_SLACK = 1000

/** Calibrates on what is recent and keeps the outcome, if it says anything new. */
export async function recalibrate(db: Db, itemsADay: number): Promise<Calibration | null> {
  const recent = await loadRecentItems(db)
  if (recent === null) return null
  const before = await findThreshold(db)
  const { items, quietDays, throughDay } = recent
  const outcome = calibrate({
    items,
    quietDays,
    itemsPerDay: itemsADay,
    thresholdMillibits: before?.millibits ?? DEVIATION_FLOOR_MILLIBITS,
  })
  const known =
    before !== null && isKnown(before, outcome, { throughDay, itemsADay, quietDays: quietDays.size })
  if (!known)
    await insertCalibration(db, outcome, { throughDay, itemsADay, quietDays: quietDays.size }, before)
  return outcome
}

type Basis = { throughDay: string; itemsADay: number; quietDays: number }

function isKnown(before: Threshold, outcome: Calibration, basis: Basis): boolean {
  return (
    before.throughDay === basis.throughDay &&
    before.itemsADay === basis.itemsADay &&
    before.quietDays === basis.quietDays &&
    before.millibits === outcome.thresholdMillibits &&
    thousandths(before.expectedPerDay) === thousandths(outcome.expectedPerDay) &&
    before.proposal?.millibits === outcome.proposal?.thresholdMillibits
  )
}

async function insertCalibration(
  db: Db,
  { thresholdMillibits, expectedPerDay, proposal }: Calibration,
  { throughDay, itemsADay, quietDays }: Basis,
  before: Threshold | null,
): Promise<void> {
  const declined =
    before?.decision === 'declined' &&
    before.itemsADay === itemsADay &&
    proposal !== null &&
    proposal.thresholdMillibits <= (before.proposal?.millibits ?? 0) + DECLINED_SLACK
  await execute(
    db,
    sql`INSERT INTO calibration (through_day, quiet_days, items_a_day, threshold_millibits, expected_thousandths,
          proposed_millibits, proposed_thousandths, decision)
        VALUES (${throughDay}::date, ${quietDays}, ${itemsADay}, ${thresholdMillibits}, ${thousandths(expectedPerDay)},
          ${proposal?.thresholdMillibits ?? null}, ${thousandths(proposal?.expectedPerDay ?? null)}, ${declined ? 'declined' : null})`,
  )
}

function thousandths(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000)
}

/** Answers the newest proposal: accepted, it is in force. False when it is not the newest any more, or was answered already. */
export async function answerProposal(
  tx: PrismaTransaction,
  id: string,
  decision: 'accepted' | 'declined',
  accountId: string | null,
): Promise<boolean> {
  const { count } =
    decision === 'declined'
      ? await tx.calibration.updateMany({ where: open(id), data: { decision, accountId } })
      : { count: await accept(tx, id, accountId) }
  return count === 1
}

function open(id: string) {
  return { id: BigInt(id), decision: null, proposedMillibits: { not: null } }
}

async function accept(tx: PrismaTransaction, id: string, accountId: string | null): Promise<number> {
  return await tx.$executeRaw`UPDATE calibration c SET threshold_millibits = proposed_millibits, expected_thousandths = proposed_thousandths,
      proposed_millibits = NULL, proposed_thousandths = NULL, decision = 'accepted', account_id = ${accountId}::uuid
    WHERE id = ${BigInt(id)} AND decision IS NULL AND proposed_millibits IS NOT NULL AND id = (SELECT max(id) FROM calibration)`
}
