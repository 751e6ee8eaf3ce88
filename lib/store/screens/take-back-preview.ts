import { TAKEN_BACK } from '@/lib/store/imports'
import { FACTS } from '@/lib/store/ingest/overlap'
import { type Db, findRow, join, raw, sql } from '@/lib/store/sql'
import { heirOf, ofFiles, partsOf, type Taken } from '@/lib/store/take-back/parts'

/** What would go if an import were taken back now. */
export type TakeBackPreview = {
  executions: number
  /** Process creations, those of executions included. */
  processes: number
  /** What processes did, and policies that reached hosts. */
  events: number
  attempts: number
  /** Records of which another import told all that this one told of a host's day: they stay, as that one's. */
  handedOver: number
  hosts: number
  /** Hosts of which nothing is left, and the first of them by name. */
  emptied: number
  emptiedNames: string[]
  /** Items that people judged or wrote of and that have hits on those days: they stay. */
  judged: number
  /** Imports that told records again that go, the most first. */
  lost: { id: string; name: string; records: number }[]
  /** Everything that it brought is known to be its own. */
  whole: boolean
  /** As Taken has it. */
  keptFrom: string | null
}

const NAMES_SHOWN = 5
const LOST_SHOWN = 20

/** One pass over what the import brought. */
export async function previewTakeBack(db: Db, taken: Taken): Promise<TakeBackPreview> {
  const found = await findRow<Omit<TakeBackPreview, 'whole' | 'keptFrom'>>(
    db,
    sql`WITH part AS MATERIALIZED (SELECT p.*, ${heirOf(taken)} AS heir FROM (${partsOf(taken)}) p),
        going AS (SELECT p.*, a.host_id FROM part p JOIN host_alias a ON a.id = p.alias_id WHERE p.heir IS NULL),
        days AS (SELECT DISTINCT host_id, day FROM going),
        hosts AS (SELECT DISTINCT host_id FROM days),
        emptied AS (SELECT h.name FROM hosts JOIN host h ON h.id = hosts.host_id WHERE ${nothingElse(taken)}),
        lost AS (SELECT u.id, u.name, sum(o.records)::int AS records FROM import_overlap o
          JOIN going g ON o.of_file_id = g.file_id AND o.alias_id = g.alias_id AND o.day = g.day AND o.fact = g.fact
          JOIN import_file f ON f.id = o.file_id JOIN upload u ON u.id = f.upload_id
          WHERE u.id <> ${taken.uploadId}::uuid AND NOT ${TAKEN_BACK} GROUP BY u.id, u.name)
        SELECT coalesce((SELECT sum(executions) FROM going), 0)::int AS executions,
          ${sumOf('execution', 'process')} AS processes, ${sumOf('process_event', 'policy_state')} AS events, ${sumOf('attempt')} AS attempts,
          coalesce((SELECT sum(records) FROM part WHERE heir IS NOT NULL), 0)::int AS "handedOver",
          (SELECT count(*) FROM hosts)::int AS hosts,
          (SELECT count(*) FROM emptied)::int AS emptied,
          coalesce((SELECT array_agg(name) FROM (SELECT name FROM emptied ORDER BY name LIMIT ${NAMES_SHOWN}) n), '{}') AS "emptiedNames",
          (SELECT count(DISTINCT h.deviation_id) FROM deviation_hit h JOIN days USING (host_id, day) JOIN deviation d ON d.id = h.deviation_id
            WHERE d.touched)::int AS judged,
          coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'records', records) ORDER BY records DESC, id)
            FROM (SELECT * FROM lost ORDER BY records DESC, id LIMIT ${LOST_SHOWN}) l), '[]') AS lost`,
  )
  if (!found) throw new Error('nothing was counted')
  return { ...found, whole: taken.whole, keptFrom: taken.keptFrom }
}

function sumOf(...facts: (typeof FACTS)[number][]) {
  const places = facts.map((fact) => FACTS.indexOf(fact))
  return sql`coalesce((SELECT sum(records) FROM going WHERE fact = ANY(${places}::smallint[])), 0)::int`
}

/** That host `h` has nothing of other files, or of none that is known, and nothing that was computed of days before. */
function nothingElse(taken: Taken) {
  const facts = FACTS.map(
    (fact) =>
      sql`NOT EXISTS (SELECT FROM ${raw(fact)} t WHERE t.host_id = h.id AND (${ofFiles(taken)}) IS NOT TRUE)`,
  )
  return sql`NOT EXISTS (SELECT FROM telemetry t WHERE t.host_id = h.id AND NOT (${ofFiles(taken)} AND t.day >= ${taken.since}::date))
    AND NOT EXISTS (SELECT FROM coverage c WHERE c.host_id = h.id AND c.day < ${taken.since}::date)
    AND ${join(facts, ' AND ')}
    AND NOT EXISTS (SELECT FROM part p JOIN host_alias a ON a.id = p.alias_id WHERE a.host_id = h.id AND p.heir IS NOT NULL)`
}
