import { countedUnder, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import { hostBaseline, type SignatureHistory } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { type Signature, subjectOf, valuesOf } from '@/lib/pipeline/baseline/signature'
import type { SigmaHit, SigmaUse } from '@/lib/pipeline/sigma/rule'
import { DESCENT, inherited } from './descent'
import { EPISODE, gained } from './episode'
import { firstUses } from './late-times'
import type { Scopes } from './novelty'
import type { Reason } from './risk'
import { effectOf, type Ruling, type RulingEffect } from './ruling'
import { type ScoreSettings, type SignatureScore, scoreSignature, type Today } from './score-signature'
import { PERSON_RISK_MILLIBITS, TRUST_LIMIT_MILLIBITS } from './weights'

/** What a host did in a day with a signature as a principal. */
export type UsageFact = {
  signatureId: string
  principalId: string
  /** Bit h = ran in UTC hour h. */
  hourMask: number
  firstAtUs: number
  lastAtUs: number
  executions: number
  /** Sigma rules that any of the executions met, in any order. */
  sigma?: SigmaUse[]
}

/** All that a host-day's scores depend on: its own facts, and what was derived for earlier days. */
export type HostDayInput = {
  /** Days since 1970. */
  day: number
  facts: readonly UsageFact[]
  /** Every signature in facts and history, by id. */
  signatures: ReadonlyMap<string, Signature>
  /** This host over all its binaries, earlier days only, by signature id. */
  history: ReadonlyMap<string, SignatureHistory>
  prevalence: { fleet: PrevalenceView; group: PrevalenceView | null }
  /** As Scopes.reportedDays. */
  reportedDays?: number
  /**
   * From when on a host comes late with a pattern on the day itself (lateFrom), by the key of its subject, in microseconds: of those at least that no two hosts showed on
   * earlier days. Hosts that an incident holds do not count among those that came before.
   */
  lateFrom?: ReadonlyMap<string, number>
  /** Rulings whose scope takes in this host. */
  rulings: readonly Ruling[]
  settings: ScoreSettings
  /**
   * The host was not in its owner's hands that day: the day teaches nothing, and is judged without the host's own past, by `prevalence` alone,
   * whose group is then the one to compare with.
   */
  distrusted?: boolean
}

export type ScoredRow = SignatureScore & {
  signatureId: string
  principalId: string
  trusted: boolean
  /** The ruling that applied; null = nobody ruled. */
  ruling: RulingEffect | null
  /** Nobody ruled, and its pattern may not be trusted that day: it stays untrusted until somebody rules. */
  refused: boolean
}

export type TaughtValue = { slug: string; feature: Feature; value: string }

export type HostDayResult = {
  /** By first occurrence, then signature and principal: the same for any order of facts. */
  rows: ScoredRow[]
  /** Distinct feature values that this host-day's trusted rows teach, besides what those taught that it trusted before; `slug` as in countedUnder. */
  trustedValues: TaughtValue[]
}

type Verdict = {
  signature: Signature
  subject: string
  score: SignatureScore
  ruling: RulingEffect | null
  refused: boolean
  /** When the host first used it on the day. */
  firstAtUs: number
}

/** A ruling as a reason: what it takes off the score, or adds to it, so that the reasons still sum up. */
function applyRuling(score: SignatureScore, ruling: RulingEffect | null): SignatureScore {
  if (ruling === null) return score
  const ruled = ruling === 'malicious' ? Math.max(score.scoreMillibits, score.riskMillibits) : 0
  const reason = { code: `ruled-${ruling}`, millibits: ruled - score.scoreMillibits }
  return { ...score, scoreMillibits: ruled, reasons: [...score.reasons, reason] }
}

function toVerdict(
  signature: Signature,
  firstAtUs: number,
  scopes: Scopes,
  input: HostDayInput,
  today: Today,
): Verdict {
  const score = scoreSignature(signature, scopes, input.day, input.settings, today)
  const subject = subjectOf(signature).key
  const ruling = effectOf(input.rulings, signature, input.day)
  const known = scopes.host?.subject(subject).refused ?? false
  return {
    signature,
    subject,
    score: applyRuling(score, ruling),
    ruling,
    refused: isRefusable(score, ruling, known),
    firstAtUs,
  }
}

/**
 * A pattern becomes trusted by itself only if no person is needed and it was never at or above the constant limit.
 * @param known whether it was refused on an earlier day
 */
function isRefusable(score: SignatureScore, ruling: RulingEffect | null, known: boolean): boolean {
  return (
    ruling === null &&
    (known || score.riskMillibits >= PERSON_RISK_MILLIBITS || score.scoreMillibits >= TRUST_LIMIT_MILLIBITS)
  )
}

/** What a deviation started is judged with it, unless a person judged it. */
function addDescent(verdicts: Map<string, Verdict>, facts: readonly UsageFact[]): void {
  const bits = inherited(
    facts,
    (id) => verdicts.get(id)?.signature,
    (id) => verdicts.get(id)?.score.scoreMillibits ?? 0,
  )
  for (const [id, millibits] of bits) {
    const verdict = verdicts.get(id)
    if (verdict === undefined || verdict.ruling !== null) continue
    const risen = withReason(verdict, { code: DESCENT, millibits })
    verdicts.set(id, { ...risen, refused: isRefusable(risen.score, null, verdict.refused) })
  }
}

/** Deviations of one episode rank higher, each with the others; by what they score without it, so that no order matters. */
function addEpisodes(verdicts: Map<string, Verdict>): void {
  for (const [verdict, millibits] of gained([...verdicts.values()]))
    if (verdict.ruling === null)
      verdicts.set(verdict.signature.id, withReason(verdict, { code: EPISODE, millibits }))
}

function withReason(verdict: Verdict, reason: Reason): Verdict {
  const { score } = verdict
  const reasons = [...score.reasons, reason]
  return { ...verdict, score: { ...score, scoreMillibits: score.scoreMillibits + reason.millibits, reasons } }
}

/** Field by field: for the engine to spread objects here took a tenth of scoring. */
function toRow(
  signatureId: string,
  principalId: string,
  { score, ruling }: Verdict,
  trusted: boolean,
  refused: boolean,
): ScoredRow {
  const { scoreMillibits, riskMillibits, noveltyMillibits, nuMillis, pMillibits, reasons } = score
  return {
    scoreMillibits,
    riskMillibits,
    noveltyMillibits,
    nuMillis,
    pMillibits,
    reasons,
    signatureId,
    principalId,
    ruling,
    trusted,
    refused,
  }
}

/** Rules that a signature met under any principal, by id: trust is of the signature. */
function sigmaBySignature(facts: readonly UsageFact[]): Map<string, SigmaHit[]> {
  const met = new Map<string, Map<string, SigmaHit>>()
  for (const { signatureId, sigma = [] } of facts) {
    if (sigma.length === 0) continue
    const known = met.get(signatureId) ?? new Map<string, SigmaHit>()
    met.set(signatureId, known)
    for (const { id, level } of sigma) known.set(id, { id, level })
  }
  return new Map(
    Array.from(met, ([id, hits]) => [id, [...hits.values()].sort((a, b) => compareText(a.id, b.id))]),
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function inOrder(facts: readonly UsageFact[]): UsageFact[] {
  return facts.toSorted(
    (a, b) =>
      a.firstAtUs - b.firstAtUs ||
      compareText(a.signatureId, b.signatureId) ||
      compareText(a.principalId, b.principalId),
  )
}

function taughtBy(signatures: Iterable<Signature>): TaughtValue[] {
  const taught: TaughtValue[] = []
  const known = FEATURES.map(() => new Map<string, Set<string>>())
  for (const signature of signatures) {
    for (const [at, feature] of FEATURES.entries()) {
      const under = countedUnder(signature.slug, feature)
      const values = known[at]?.get(under) ?? new Set()
      known[at]?.set(under, values)
      for (const value of valuesOf(signature, feature) ?? []) {
        if (values.has(value)) continue
        values.add(value)
        taught.push({ slug: under, feature, value })
      }
    }
  }
  return taught
}

/**
 * Scores everything a host did in a day, and says what the day teaches. Pure: a function of its input's contents,
 * not of any order in it. Facts whose signature is not in `signatures` are left out.
 */
export function scoreHostDay(input: HostDayInput): HostDayResult {
  const distrusted = input.distrusted === true
  const own = hostBaseline(input.history, input.signatures)
  const host = distrusted ? null : own
  const scopes: Scopes = { ...input.prevalence, host, own, reportedDays: input.reportedDays ?? 0 }
  const facts = inOrder(input.facts)
  const sigma = sigmaBySignature(facts)
  const firsts = firstUses(facts, input.signatures)
  const verdicts = new Map<string, Verdict>()
  for (const { signatureId, firstAtUs } of facts) {
    const signature = input.signatures.get(signatureId)
    if (signature === undefined || verdicts.has(signatureId)) continue
    const { key } = subjectOf(signature)
    const cameLate = (firsts.get(key) ?? firstAtUs) >= (input.lateFrom?.get(key) ?? Number.POSITIVE_INFINITY)
    const today = { sigma: sigma.get(signatureId), cameLate }
    verdicts.set(signatureId, toVerdict(signature, firstAtUs, scopes, input, today))
  }

  addDescent(verdicts, facts)
  addEpisodes(verdicts)

  // one refusal is enough for its whole pattern that day: an open deviation teaches nothing
  const refused = new Set<string>()
  for (const verdict of verdicts.values()) if (verdict.refused) refused.add(verdict.subject)
  const isRefused = ({ ruling, subject }: Verdict) => ruling === null && refused.has(subject)
  const isTrusted = (verdict: Verdict) =>
    !distrusted && (verdict.ruling === 'expected' || (verdict.ruling === null && !isRefused(verdict)))

  const rows = facts.flatMap(({ signatureId, principalId }) => {
    const verdict = verdicts.get(signatureId)
    if (verdict === undefined) return []
    return [toRow(signatureId, principalId, verdict, isTrusted(verdict), isRefused(verdict))]
  })
  const isNew = ({ signature }: Verdict) => (input.history.get(signature.id)?.trustedWeight ?? 0) === 0
  const teaching = [...verdicts.values()].filter((verdict) => isTrusted(verdict) && isNew(verdict))
  return { rows, trustedValues: taughtBy(teaching.map(({ signature }) => signature)) }
}
