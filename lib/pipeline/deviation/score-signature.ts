import { DEFAULT_LEARNING, type Learning } from '@/lib/pipeline/baseline/decay'
import { countedUnder, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import { isInstaller } from '@/lib/pipeline/baseline/habit'
import type { HostBaseline, SubjectHistory } from '@/lib/pipeline/baseline/host-baseline'
import { isSystemLauncher } from '@/lib/pipeline/baseline/operating-system-use'
import {
  type Commonness,
  commonnessOf,
  isRolledOut,
  isSeenElsewhere,
  type Spread,
} from '@/lib/pipeline/baseline/prevalence'
import { EMPTY_PROFILE } from '@/lib/pipeline/baseline/profile'
import { type Signature, subjectOf, valuesOf } from '@/lib/pipeline/baseline/signature'
import { isServiceClass } from '@/lib/pipeline/baseline/user-class'
import { isNameless } from '@/lib/pipeline/normalise/command-line/path-pattern'
import type { SigmaHit } from '@/lib/pipeline/sigma/rule'
import { type FeatureNovelty, noveltyOf, type Scopes, spreadOf } from './novelty'
import { withOwnDomains } from './own-domains'
import { RISK_REASONS } from './reasons/registry'
import { sigmaRuleOf } from './reasons/sigma'
import { assessRisk, type Reason, type Risk, type RiskBits } from './risk'
import {
  ACQUAINTED_DAYS,
  COMMON_NOVELTY_BITS,
  COMMON_RISK_SHARE,
  DEVIATION_FLOOR_MILLIBITS,
  ELSEWHERE_SHARE,
  FAMILIAR_HALF_HOURS,
  HARMLESS_BY_PEOPLE_DAMPING,
  HARMLESS_DAMPING,
  HARMLESS_EVIDENCE_MILLIBITS,
  MILLIBITS,
  NOVELTY_SHARE,
  OPERATING_SYSTEM_DAMPING,
  PERSON_RISK_MILLIBITS,
  WEAK_DAMPING,
  WEAK_EVIDENCE_MILLIBITS,
} from './weights'

/** What an administrator sets of scores; those of the day judged count. */
export type ScoreSettings = {
  /** Share of the risk in the score. Others than 1 are for ablations. */
  riskShare: number
  /** λ: share of the novelty in the score. */
  noveltyShare: number
  riskBits: RiskBits
  /** DNS names of the organisation's own beside the hosts' own. */
  ownDomains: readonly string[]
  learning: Learning
}

export const DEFAULT_SETTINGS: ScoreSettings = {
  riskShare: 1,
  noveltyShare: NOVELTY_SHARE,
  riskBits: {},
  ownDomains: [],
  learning: DEFAULT_LEARNING,
}

/** What is known of a signature's executions of the day. */
export type Today = {
  /** Rules that any of them met, by id, each once. */
  sigma?: readonly SigmaHit[]
  /** Other hosts had begun with its pattern long before, or many of them (lateFrom). */
  cameLate?: boolean
}

/** A score in integer millibits; it is the sum of its reasons. */
export type SignatureScore = {
  scoreMillibits: number
  riskMillibits: number
  /** N after the cap, before λ and g. */
  noveltyMillibits: number
  /** ν of the host's baseline of this tool, in thousandths: 1000 = knows nothing, towards 0 = mature. */
  nuMillis: number
  /** −log₂ of the p-value of the most unusual feature, corrected for how many were looked at. */
  pMillibits: number
  reasons: readonly Reason[]
}

/** What remains of the risk once the host's trusted hours of the pattern speak for it: 1 − m. */
function unfamiliarity(risk: Risk, trustedHours: number): number {
  return risk.millibits >= PERSON_RISK_MILLIBITS
    ? 1
    : FAMILIAR_HALF_HOURS / (trustedHours + FAMILIAR_HALF_HOURS)
}

/** Whether an installer or agent of software deployment does it with the rights of the machine, itself or by what it started. */
function isDeployment({ parentName, features }: Signature): boolean {
  if (features.user === null || !isServiceClass(features.user)) return false
  return isInstaller(parentName) || isInstaller(features.lineage?.split(' @ ', 1)[0] ?? null)
}

/** Whether a program that is no part of Windows and not installed itself installs a package: it came to bring something new. */
function bringsPackage({ slug, target, parentName, features }: Signature): boolean {
  return (
    slug === 'msiexec.exe' &&
    (target?.extension === 'msi' || target?.extension === 'msp') &&
    !isSystemLauncher(parentName) &&
    features.parent?.endsWith(' @ program-files') !== true
  )
}

/** g: how much of the novelty counts. Who has no habits does something for the first time every day. */
function damping(signature: Signature, risk: Risk): number {
  if (signature.operatingSystemUse) return OPERATING_SYSTEM_DAMPING
  const hasHabits = signature.features.habit !== null && !bringsPackage(signature)
  if (risk.evidence <= HARMLESS_EVIDENCE_MILLIBITS)
    return hasHabits ? HARMLESS_DAMPING : HARMLESS_BY_PEOPLE_DAMPING
  const isWeak = !hasHabits && risk.evidence <= WEAK_EVIDENCE_MILLIBITS
  return isWeak || isDeployment(signature) ? WEAK_DAMPING : 1
}

/** How much the unusual counts: a host that has reported for a few days has not shown its habits yet. */
function acquaintance({ host, reportedDays = 0 }: Scopes, day: number): number {
  // an ablation, or a host whose own past does not speak for it: it is compared with others
  if (host === null) return 1
  const sinceFirstUse = day - (host.firstDay ?? day)
  return Math.min(1, Math.max(sinceFirstUse, reportedDays) / ACQUAINTED_DAYS)
}

/**
 * Whether the fleet has long known the pattern, and it is not one of those that only a person may wave through: its circumstances are part of the practice. What a
 * host alone does and was refused for is no habit, however often it comes back: nobody has answered for it yet.
 */
function commonness(
  spread: Spread | null,
  past: SubjectHistory | undefined,
  risk: Risk,
  day: number,
): Commonness {
  const isOpenHere = spread?.hosts === 1 && past?.refused === true
  return isOpenHere || risk.evidence >= PERSON_RISK_MILLIBITS ? 'no' : commonnessOf(spread, day)
}

/** Reason code of what a score loses because other hosts showed the pattern before. */
export const SEEN_ELSEWHERE = 'seen-elsewhere'

/** Whether the pattern is about one file: where all files of a folder are one pattern, the same on many hosts is not the same. */
function namesItsFile({ target }: Signature): boolean {
  return target === null || !isNameless(target.class)
}

/**
 * Whether other hosts that showed the pattern did the same: a command line without arguments is the same for all that it may be, and of files that the pattern does not
 * name each was another, which excuses nothing that only a person may wave through.
 */
function isTheSameElsewhere(signature: Signature, risk: Risk): boolean {
  return (
    !signature.facts.includes('no-arguments') &&
    (namesItsFile(signature) || risk.evidence < PERSON_RISK_MILLIBITS)
  )
}

/** Whether the command line is the tool's name alone. */
function isBare({ features }: Signature): boolean {
  return features.pattern?.includes(' ') === false
}

/**
 * What a pattern that other hosts showed before loses of its score. A deviation stays one, so that its item shows where else it came to and nothing of it is trusted
 * unseen: it only ranks behind what nobody has seen yet.
 */
function seenElsewhere(millibits: number): Reason {
  const left = Math.round(millibits * ELSEWHERE_SHARE)
  const kept = millibits < DEVIATION_FLOOR_MILLIBITS ? left : Math.max(left, DEVIATION_FLOOR_MILLIBITS)
  return { code: SEEN_ELSEWHERE, millibits: kept - millibits }
}

function sum(reasons: readonly Reason[]): number {
  return reasons.reduce((total, { millibits }) => total + millibits, 0)
}

/** Bonferroni over the features: still a p-value, whatever their dependence. */
function surprise(novelty: readonly FeatureNovelty[]): number {
  if (novelty.length === 0) return 0
  const least = novelty.reduce((min, { p }) => Math.min(min, p), 1)
  return Math.abs(Math.log2(Math.min(1, least * novelty.length)))
}

const ABOUT = new Map(RISK_REASONS.map(({ code, about }) => [code, about]))

/** Trusted hours in which a host showed what a feature says of a signature: of several values the least; null = it is not reported. */
function hoursOf(signature: Signature, feature: Feature, host: HostBaseline | null): number | null {
  const values = valuesOf(signature, feature)
  if (values === null || values.length === 0) return null
  const { counts } = host?.profile(countedUnder(signature.slug, feature), feature) ?? EMPTY_PROFILE
  return Math.min(...values.map((value) => counts.get(value) ?? 0))
}

/** What the risk and the novelty contribute, in whole millibits; rules are named even where they add nothing. */
function toReasons(
  risk: Risk,
  scaleOf: (code: string) => number,
  novelty: readonly FeatureNovelty[],
  noveltyScale: number,
): Reason[] {
  const reasons: Reason[] = []
  for (const { code, millibits } of risk.reasons) {
    const scaled = Math.round(((scaleOf(code) * millibits) / MILLIBITS) * MILLIBITS)
    if (scaled > 0 || sigmaRuleOf(code) !== null) reasons.push({ code, millibits: scaled })
  }
  for (const { feature, bits } of novelty) {
    const millibits = Math.round(noveltyScale * bits * MILLIBITS)
    if (millibits > 0) reasons.push({ code: noveltyCode(feature), millibits })
  }
  return reasons
}

/**
 * S = R·(1 − m) + λ·N·g of a signature on a host that day, before rulings.
 * Reads the scopes and the day's circumstances only, so equal ones give equal bits.
 */
export function scoreSignature(
  signature: Signature,
  scopes: Scopes,
  day: number,
  settings: ScoreSettings,
  { sigma, cameLate = false }: Today = {},
): SignatureScore {
  const risk = assessRisk(withOwnDomains(signature, settings.ownDomains), settings.riskBits, sigma)
  const spread = spreadOf(signature, scopes)
  const novelty = noveltyOf(signature, scopes, spread)
  const bits = novelty.reduce((sum, one) => sum + one.bits, 0)
  const { key } = subjectOf(signature)
  const past = (scopes.own ?? scopes.host)?.subject(key)
  const common = commonness(spread, past, risk, day)
  const isNews = common === 'no' && !isRolledOut(spread, isDeployment(signature))
  const kept = isNews ? bits : Math.min(bits, COMMON_NOVELTY_BITS)
  const known = scopes.host?.subject(key).trustedHours ?? 0
  const commonShare = common === 'on-many-hosts' && namesItsFile(signature) ? COMMON_RISK_SHARE : 1
  const scaleOf = (code: string) => {
    const about = ABOUT.get(code)
    const hours = about === undefined ? null : hoursOf(signature, about, scopes.host)
    // which file it was a bare command line does not say, however common it is
    const share = about === 'identity' && isBare(signature) ? 1 : commonShare
    return settings.riskShare * share * unfamiliarity(risk, Math.min(known, hours ?? known))
  }
  const noveltyScale =
    bits > 0
      ? (settings.noveltyShare * acquaintance(scopes, day) * damping(signature, risk) * kept) / bits
      : 0
  const own = toReasons(risk, scaleOf, novelty, noveltyScale)
  const isElsewhere =
    common !== 'on-many-hosts' &&
    isTheSameElsewhere(signature, risk) &&
    (cameLate || isSeenElsewhere(spread, past?.observed ?? false))
  const elsewhere = seenElsewhere(sum(own))
  const reasons = isElsewhere && elsewhere.millibits !== 0 ? [...own, elsewhere] : own
  const maturity = novelty.find(({ feature }) => feature === 'shape') ?? novelty[0]
  return {
    scoreMillibits: sum(reasons),
    riskMillibits: risk.millibits,
    noveltyMillibits: Math.round(kept * MILLIBITS),
    nuMillis: Math.round((maturity?.nu ?? 1) * 1000),
    pMillibits: Math.round(surprise(novelty) * MILLIBITS),
    reasons,
  }
}

const NOVELTY_CODES = Object.fromEntries(
  FEATURES.map((feature) => [feature, `novel-${feature}`]),
) as Readonly<Record<Feature, string>>

/** The reason code of a feature's novelty. */
export function noveltyCode(feature: Feature): string {
  return NOVELTY_CODES[feature]
}
