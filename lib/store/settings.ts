import { DEFAULT_SETTINGS, type ScoreSettings } from '@/lib/pipeline/deviation/score-signature'
import { LOCKS } from './advisory-lock'
import { FROM_THAT_DAY } from './host-work'
import { takingDaysAgain } from './hosts'
import { executeIn, type PrismaTransaction } from './prisma'
import { type Db, findRow, rows, type Sql, sql } from './sql'

/** What an administrator sets of scores, as stored: the rest of ScoreSettings is not for tuning. */
export type Scoring = Omit<ScoreSettings, 'riskShare'>

/** How many new items a team wants to see in a day. */
export type Team = { itemsADay: number }

export const DEFAULT_TEAM: Team = { itemsADay: 10 }

/** How decisions are made. */
export type DecisionSettings = {
  /** A block of the whole fleet takes two managers. */
  twoForFleet: boolean
}

type Values = { scoring: Scoring; team: Team; decisions: DecisionSettings }
export type SettingKey = keyof Values

const DEFAULTS: Values = {
  scoring: {
    noveltyShare: DEFAULT_SETTINGS.noveltyShare,
    riskBits: DEFAULT_SETTINGS.riskBits,
    ownDomains: DEFAULT_SETTINGS.ownDomains,
    learning: DEFAULT_SETTINGS.learning,
  },
  team: DEFAULT_TEAM,
  decisions: { twoForFleet: false },
}

/** A setting as it is in force on a day ('YYYY-MM-DD'); as shipped where nobody set it. */
export async function loadSetting<K extends SettingKey>(db: Db, key: K, day: string): Promise<Values[K]> {
  const row = await findRow<{ value: Values[K] }>(
    db,
    sql`SELECT value FROM setting WHERE key = ${key} AND valid_from <= ${midnight(day)}
          AND (valid_to IS NULL OR valid_to > ${midnight(day)}) ORDER BY valid_from DESC LIMIT 1`,
  )
  // what a later release added is as shipped
  return { ...DEFAULTS[key], ...row?.value }
}

export type Settings = { scoring: Scoring; team: Team }

/**
 * The settings that the next days are scored with, and the day they were read for. Telemetry may end long ago, or its clocks run ahead:
 * they are those of `today` or of the newest day, whichever is later.
 */
export async function readSettings(db: Db, today: string): Promise<Settings & { day: string }> {
  const newest = await findNewestDay(db)
  const day = newest !== null && newest > today ? newest : today
  const [scoring, team] = await Promise.all([loadSetting(db, 'scoring', day), loadSetting(db, 'team', day)])
  return { scoring, team, day }
}

/** What scores of a day are computed with. */
export async function loadScoreSettings(db: Db, day: string): Promise<ScoreSettings> {
  return { riskShare: DEFAULT_SETTINGS.riskShare, ...(await loadSetting(db, 'scoring', day)) }
}

/** What scores of any day (days since 1970) are computed with, read at once. */
export async function loadScoringByDay(db: Db): Promise<(day: number) => ScoreSettings> {
  const found = await rows<{ from: number; until: number | null; value: Scoring }>(
    db,
    sql`SELECT (valid_from AT TIME ZONE 'UTC')::date - '1970-01-01'::date AS from, (valid_to AT TIME ZONE 'UTC')::date - '1970-01-01'::date AS until, value
        FROM setting WHERE key = 'scoring' ORDER BY valid_from DESC`,
  )
  return (day) => {
    const held = found.find(({ from, until }) => from <= day && (until === null || day < until))
    return { riskShare: DEFAULT_SETTINGS.riskShare, ...DEFAULTS.scoring, ...held?.value }
  }
}

type TuningKey = 'scoring' | 'team'
export type SettingSpan = { key: TuningKey; from: string; until: string | null; value: Values[TuningKey] }

/** Every value of what is tuned that is or was in force, or will be, the newest first. `until`: the day from which the next one holds. */
export async function listSettingSpans(db: Db): Promise<SettingSpan[]> {
  return await rows<SettingSpan>(
    db,
    sql`SELECT key, (valid_from AT TIME ZONE 'UTC')::date AS from, (valid_to AT TIME ZONE 'UTC')::date AS until, value
        FROM setting WHERE key IN ('scoring', 'team') ORDER BY valid_from DESC, key`,
  )
}

function midnight(day: string): Sql {
  return sql`(${day}::date::timestamp AT TIME ZONE 'UTC')`
}

/** The newest day of telemetry; null = none yet. */
async function findNewestDay(db: Db): Promise<string | null> {
  return (await findRow<{ day: string | null }>(db, sql`SELECT max(day) AS day FROM coverage`))?.day ?? null
}

/** Lets one person after the other change settings, until the transaction ends. */
export async function lockSettings(tx: PrismaTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.settings}::bigint)`
}

/** Puts a value in force from a day on, in place of whatever was to hold on that day and later. */
export async function putSetting<K extends SettingKey>(
  tx: PrismaTransaction,
  key: K,
  value: Values[K],
  from: string,
  accountId: string | null,
): Promise<void> {
  const validFrom = new Date(`${from}T00:00:00Z`)
  await tx.setting.deleteMany({ where: { key, validFrom: { gte: validFrom } } })
  await tx.setting.updateMany({
    where: { key, OR: [{ validTo: null }, { validTo: { gt: validFrom } }] },
    data: { validTo: validFrom },
  })
  await tx.setting.create({ data: { key, validFrom, value, accountId } })
}

/**
 * Queues every host that used anything on or after a day for re-computation from there. Hosts whose turn is just being computed may have
 * read what changed before, so they take their day again. Answers the hosts.
 */
export async function queueFleetFrom(tx: PrismaTransaction, day: string): Promise<number> {
  const hosts = await executeIn(
    tx,
    sql`INSERT INTO host_work (host_id, dirty_from, revision)
    SELECT host_id, min(day), 1 FROM usage WHERE day >= ${day}::date GROUP BY host_id ORDER BY host_id ${FROM_THAT_DAY}`,
  )
  await executeIn(tx, takingDaysAgain)
  await tx.$executeRaw`NOTIFY cordon_work`
  return hosts
}
