import { FEATURES } from '@/lib/pipeline/baseline/features'
import { type Signature, subjectOf } from '@/lib/pipeline/baseline/signature'
import { dayNumber } from '@/lib/pipeline/days'
import { deviationIdOf } from '@/lib/pipeline/deviation/deviation-key'
import { assessRisk } from '@/lib/pipeline/deviation/risk'
import { isPractice } from '@/lib/pipeline/deviation/ruling'
import { type HostDayResult, type ScoredRow, scoreHostDay } from '@/lib/pipeline/deviation/score-host-day'
import { DEFAULT_SETTINGS } from '@/lib/pipeline/deviation/score-signature'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { loadCatalogue, type StoredEntry } from '@/lib/store/catalogue'
import type { Pool } from '@/lib/store/pool'
import { loadDayActions, loadReported } from '@/lib/store/recompute/day-actions'
import { loadDayRecords } from '@/lib/store/recompute/day-executions'
import { loadHistory } from '@/lib/store/recompute/history'
import { changedPatterns } from '@/lib/store/recompute/pattern-use'
import { loadPlacements } from '@/lib/store/recompute/placement'
import { ANY_TOOL_ENTRY, FLEET_SCOPE, loadPrevalence } from '@/lib/store/recompute/prevalence-view'
import { countReportedDays } from '@/lib/store/recompute/reported-days'
import { queueSameDay } from '@/lib/store/recompute/same-day'
import { oneAtATime } from '@/lib/store/recompute/turns'
import { type DayOfWork, finishDay } from '@/lib/store/recompute/work-queue'
import { writeChildUse, writeModuleUse, writeNetworkUse } from '@/lib/store/recompute/write-actions'
import { type UsageRow, writeCoverage, writeDeviations, writeUsage } from '@/lib/store/recompute/write-day'
import { type TaughtRow, writePrevalence } from '@/lib/store/recompute/write-prevalence'
import { writeSigmaHits } from '@/lib/store/recompute/write-sigma-hits'
import { loadRulings } from '@/lib/store/rulings'
import { loadScoreSettings } from '@/lib/store/settings'
import { ensureSignatures, featureValueId, loadSignatures, patternId } from '@/lib/store/signatures'
import { transaction } from '@/lib/store/sql'
import { readLateTimes } from './late-times'
import { loadSigmaEngine } from './load-sigma-engine'
import { type DayFact, type ReadDay, readDay } from './read-day'
import { traitReader } from './read-traits'
import { hitReader } from './sigma-hits'

/** Computes one day for some hosts: signatures, usage, coverage, scores, prevalence, deviations, in one transaction. Workers may compute different hosts of one day at a time. */
export async function computeDay(pool: Pool, work: DayOfWork): Promise<void> {
  const hostIds = work.turns.map(({ hostId }) => hostId)
  const catalogue = await loadCatalogue(pool)
  // what was retired or turned off keeps its executions, but is no longer counted
  const counted = new Map(catalogue.filter(({ retired }) => !retired).map((entry) => [entry.id, entry]))
  const actions = await loadDayActions(pool, hostIds, work.day)
  const hitsOf = hitReader(await loadSigmaEngine(pool), actions)
  const traitsOf = traitReader(actions, await loadReported(pool, hostIds, work.day))
  const records = await loadDayRecords(pool, hostIds, work.day)
  const read = readDay(records, counted, { hitsOf, traitsOf })
  await ensureSignatures(
    pool,
    [...read.signatures.values()].map(({ signature, entry }) => ({ signature, entryId: entry.id })),
    (signature) => assessRisk(signature, DEFAULT_SETTINGS.riskBits).millibits,
  )
  const scored = await scoreDay(pool, work.day, hostIds, read, catalogue)
  const usage = scored.hosts.flatMap(({ rows }) => rows)
  await transaction(pool, async (client) => {
    const before = await writeUsage(client, hostIds, work.day, usage)
    await writeSigmaHits(client, hostIds, work.day, usage)
    await writeCoverage(client, hostIds, work.day)
    await writeModuleUse(client, hostIds, work.day)
    await writeNetworkUse(client, hostIds, work.day)
    await writeChildUse(client, hostIds, work.day, actions.children)
    await oneAtATime(client)
    await writeDeviations(client, hostIds, work.day, usage)
    await writePrevalence(
      client,
      hostIds,
      work.day,
      scored.hosts.flatMap(({ taught }) => taught),
      changedPatterns(before, usage),
    )
    await queueSameDay(client, { hostIds, day: work.day }, before, usage, scored.lateFrom)
    await finishDay(client, work)
  })
}

type ScoredHost = { rows: UsageRow[]; taught: TaughtRow[] }

/** `lateFrom`: as scores read it, by pattern id. */
type ScoredDay = { hosts: ScoredHost[]; lateFrom: ReadonlyMap<string, number> }

async function scoreDay(
  pool: Pool,
  day: string,
  hostIds: readonly number[],
  read: ReadDay,
  catalogue: readonly StoredEntry[],
): Promise<ScoredDay> {
  const entryIds = new Map([...read.signatures.values()].map(({ entry }) => [entry.slug, entry.id]))
  const entryIdOf = new Map([...catalogue.map(({ slug, id }) => [slug, id] as const), ...entryIds])
  const placementOf = await loadPlacements(pool, hostIds, day)
  const groupIds = hostIds.map((hostId) => placementOf(hostId).comparedWith)
  const settings = await loadScoreSettings(pool, day)
  const history = await loadHistory(pool, hostIds, day, settings.learning)
  const reportedDays = await countReportedDays(pool, hostIds, day)
  const views = await loadPrevalence(pool, {
    scopeIds: [...new Set([FLEET_SCOPE, ...groupIds])],
    entryIds,
    signatures: [...read.signatures.values()].map(({ signature }) => signature),
    day,
  })
  const hosts = hostIds.map((hostId) => ({ hostId, observed: placementOf(hostId).incidentId === null }))
  const late = await readLateTimes(pool, day, read, hosts, views(FLEET_SCOPE).spread)
  const rulingsFor = await loadRulings(pool)
  const past = [...history.values()].flatMap((byId) => [...byId.keys()])
  const signatures = await loadSignatures(pool, [...past, ...read.signatures.keys()])
  const scored = hosts.map(({ hostId, observed }) => {
    const { groupId, comparedWith } = placementOf(hostId)
    const facts = read.facts.get(hostId) ?? []
    const result = scoreHostDay({
      day: dayNumber(day),
      facts,
      signatures,
      history: history.get(hostId) ?? new Map(),
      reportedDays: reportedDays.get(hostId) ?? 0,
      prevalence: {
        fleet: views(FLEET_SCOPE),
        group: comparedWith === FLEET_SCOPE ? null : views(comparedWith),
      },
      lateFrom: late.bySubject,
      rulings: rulingsFor(hostId, groupId),
      settings,
      distrusted: !observed,
    })
    return {
      rows: toUsageRows(hostId, facts, result, signatures, entryIdOf, observed),
      taught: toTaughtRows(hostId, groupId, result, entryIdOf),
    }
  })
  return { hosts: scored, lateFrom: late.byPattern }
}

function toTaughtRows(
  hostId: number,
  groupId: number,
  { trustedValues }: HostDayResult,
  entryIdOf: ReadonlyMap<string, number>,
): TaughtRow[] {
  return trustedValues.map(({ slug, feature, value }) => ({
    hostId,
    groupId,
    entryId: entryIdOf.get(slug) ?? ANY_TOOL_ENTRY,
    feature: FEATURES.indexOf(feature),
    valueId: featureValueId(value),
  }))
}

function toUsageRows(
  hostId: number,
  facts: readonly DayFact[],
  result: HostDayResult,
  signatures: ReadonlyMap<string, Signature>,
  entryIdOf: ReadonlyMap<string, number>,
  observed: boolean,
): UsageRow[] {
  const factOf = new Map(facts.map((fact) => [`${fact.signatureId} ${fact.principalId}`, fact]))
  return result.rows.flatMap((row) => {
    const fact = factOf.get(`${row.signatureId} ${row.principalId}`)
    const signature = signatures.get(row.signatureId)
    const entryId = signature && entryIdOf.get(signature.slug)
    if (!fact || !signature || entryId === undefined) return []
    const { signatureId, principalId, hourMask, firstAtUs, lastAtUs, executions, anchorIds } = fact
    return [
      {
        hostId,
        signatureId,
        principalId,
        entryId,
        hourMask,
        firstAtUs,
        lastAtUs,
        executions,
        anchorIds,
        scoreMillibits: row.scoreMillibits,
        riskMillibits: row.riskMillibits,
        noveltyMillibits: row.noveltyMillibits,
        nuMillis: row.nuMillis,
        pMillibits: row.pMillibits,
        trusted: row.trusted,
        refused: row.refused,
        observed: observed && isPractice(row.ruling),
        patternId: patternId(signature),
        reasons: row.reasons,
        sigma: fact.sigma ?? [],
        deviation: deviationOf(row, signature),
      },
    ]
  })
}

function deviationOf(row: ScoredRow, signature: Signature): UsageRow['deviation'] {
  if (row.scoreMillibits < DEVIATION_FLOOR_MILLIBITS) return null
  return { id: deviationIdOf(signature), title: subjectOf(signature).value }
}
