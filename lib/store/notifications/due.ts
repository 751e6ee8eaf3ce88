import { batchHref } from '@/lib/pipeline/decision/batch-href'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { type Warning, warningsOf } from '@/lib/pipeline/decision/due'
import { type Audience, DECIDERS } from '@/lib/pipeline/decision/notification'
import { STANDING_STATES } from '@/lib/pipeline/decision/states'
import type { Pool } from '@/lib/store/pool'
import { type Db, rows, sql, transaction } from '@/lib/store/sql'
import { MOST_APART, type OpenChannels, tell } from './tell'

type InForce = {
  id: number
  binary: string
  state: (typeof STANDING_STATES)[number] | 'emergency'
  batchId: string | null
  reviewOn: string | null
  expiresOn: string | null
  lapsesOn: string | null
  exceptions: BlockException[]
  /** Keys of what people were told of already. */
  told: string[]
}

/** One thing to tell: of one decision, or of several that were proposed together and are due on one day. */
type Told = { decisions: InForce[]; warning: Warning }

/** Tells those who answer for decisions what of them ends or is to be looked at soon, each once. `today`: 'YYYY-MM-DD'. Answers how many were told of. */
export async function tellOfDue(pool: Pool, today: string, open: OpenChannels): Promise<number> {
  const due = (await listInForce(pool)).flatMap((decision) =>
    warningsOf(decision, today)
      .filter(({ key }) => !decision.told.includes(key))
      .map((warning) => ({ decision, warning })),
  )
  // the worker asks every few seconds, and there is seldom anything new
  if (due.length === 0) return 0
  return await transaction(pool, async (client) => {
    const told = new Map<string, Told>()
    for (const { decision, warning } of due) {
      if (!(await noteFirst(client, decision.id, warning.key))) continue
      const key = `${decision.batchId ?? decision.id} ${warning.key}`
      const known = told.get(key)
      if (known) known.decisions.push(decision)
      else told.set(key, { decisions: [decision], warning })
    }
    if (told.size > MOST_APART) await tellTogether(client, [...told.values()], open)
    else for (const one of told.values()) await tellOne(client, one, open)
    return told.size
  })
}

async function listInForce(db: Db): Promise<InForce[]> {
  return await rows<InForce>(
    db,
    sql`SELECT d.id, c.name AS binary, d.state, d.batch_id AS "batchId", d.review_on AS "reviewOn", d.expires_on AS "expiresOn",
          (d.lapses_at AT TIME ZONE 'UTC')::date AS "lapsesOn", CASE jsonb_typeof(d.exceptions) WHEN 'array' THEN d.exceptions ELSE '[]' END AS exceptions,
          ARRAY(SELECT w.key FROM decision_warning w WHERE w.decision_id = d.id) AS told
        FROM decision d JOIN catalogue_entry c ON c.id = d.entry_id WHERE d.state = ANY(${[...STANDING_STATES, 'emergency']}::text[]) ORDER BY d.id`,
  )
}

/** Whether no other worker tells of it at this moment; it is written down with the telling. */
async function noteFirst(client: Db, decisionId: number, key: string): Promise<boolean> {
  const noted = await rows(
    client,
    sql`INSERT INTO decision_warning (decision_id, key, at) VALUES (${decisionId}, ${key}, now()) ON CONFLICT DO NOTHING RETURNING 1`,
  )
  return noted.length > 0
}

async function tellOne(client: Db, { decisions, warning }: Told, open: OpenChannels): Promise<void> {
  const [first] = decisions
  if (first === undefined) return
  const alone = decisions.length === 1
  await tell(
    client,
    {
      event: 'decision-due',
      audience: audienceOf(decisions, [warning]),
      key: `due:${first.id}:${warning.key}`,
      title: `${warning.words}: ${alone ? first.binary : `${decisions.length} decisions proposed together`}`,
      href: alone ? `/decisions/${first.id}` : batchHref(first.batchId ?? ''),
      exceptAccountId: null,
    },
    open,
  )
}

async function tellTogether(client: Db, told: readonly Told[], open: OpenChannels): Promise<void> {
  const decisions = told.flatMap((one) => one.decisions)
  const soonest = told.map(({ warning }) => warning).sort((a, b) => a.days - b.days)[0]
  await tell(
    client,
    {
      event: 'decision-due',
      audience: audienceOf(
        decisions,
        told.map(({ warning }) => warning),
      ),
      key: `due:${told.map(({ decisions: [one], warning }) => `${one?.id}:${warning.key}`).join()}`.slice(
        0,
        200,
      ),
      title: `${decisions.length} decisions end or are to be reviewed, the first on ${soonest?.on}`,
      href: '/decisions?attention=yes',
      exceptAccountId: null,
    },
    open,
  )
}

/** An emergency waits for anybody who may decide. */
function audienceOf(decisions: readonly InForce[], warnings: readonly Warning[]): Audience {
  const ids = decisions.map(({ id }) => String(id))
  return warnings.some(({ kind }) => kind === 'lapse')
    ? { kind: 'deciders', roles: DECIDERS, subjectIds: ids }
    : { kind: 'answerable', decisionIds: ids }
}
