import type { Feature } from '@/lib/pipeline/baseline/features'
import type { SigmaLevel } from '@/lib/pipeline/sigma/rule'

/** Every tunable number of the score, with its unit and origin. Changing one raises METHOD (lib/pipeline/deviation/method.ts). */

/** Thousandths of a bit: scores are kept as integers of it. */
export const MILLIBITS = 1000

/** Share of each feature's bits in the novelty N. Origin: prototype, tuned on a simulated fleet. */
export const NOVELTY_WEIGHTS: Readonly<Record<Feature, number>> = {
  pattern: 0.35,
  shape: 1,
  parent: 0.75,
  pair: 0.75,
  lineage: 0.25,
  user: 0.4,
  identity: 1,
  tool: 0.5,
  module: 0.5,
  destination: 0.5,
  child: 0.5,
  habit: 2.5,
}

/** λ: share of the novelty in the score. Origin: prototype; features repeat each other, so their sum says about 3 × too much. */
export const NOVELTY_SHARE = 0.3

/** g, the damping of novelty, for what the operating system itself starts. Origin: prototype. */
export const OPERATING_SYSTEM_DAMPING = 0.2
/**
 * The same for what carries no risk: of services and programs that have habits, of people, shells and installers that have none; and for what agents of deployment
 * bring or whoever has no habits does with little risk. Origin: three written fleets and two simulated ones, where 13 of 64 unusual harmless uses of services were
 * attacks, of people's and installers' 6 of 387.
 */
export const HARMLESS_DAMPING = 0.8
export const HARMLESS_BY_PEOPLE_DAMPING = 0.3
export const WEAK_DAMPING = 0.6
/** Millibits of evidence up to which a use counts as carrying no risk. Origin: by hand, the lightest of the facts. */
export const HARMLESS_EVIDENCE_MILLIBITS = 1000
/** … and as carrying little. Origin: by hand, one place where users can write. */
export const WEAK_EVIDENCE_MILLIBITS = 3000

/** Bits of novelty that a common pattern keeps at most. Origin: prototype. */
export const COMMON_NOVELTY_BITS = 1

/** Share of the risk that a pattern keeps which the fleet has long known on many hosts. Origin: simulated fleets; what is common there is practice. */
export const COMMON_RISK_SHARE = 0.5

/**
 * Share of a score that a pattern keeps which another host showed before: it lies in the queue already, and what comes round is more often a product than an
 * intruder. Origin: two written fleets and simulated ones, where 0.3 to 0.4 did as well and less for one host than for three lost.
 */
export const ELSEWHERE_SHARE = 0.35

/**
 * Share of a deviation's score that what it starts inherits, up to so many bits, within so many microseconds of its last start. Origin: by hand; what carries no
 * evidence of its own becomes a deviation below one of eight bits.
 */
export const DESCENT_SHARE = 0.5
export const DESCENT_BITS = 4
export const DESCENT_WITHIN_US = 3_600_000_000

/**
 * Share of the score of another deviation, from so many millibits on, that one gains which began within so many microseconds of it, up to so many bits. Origin: two
 * written fleets, where 0.25 to 0.33 and half an hour to an hour did as well.
 */
export const EPISODE_SHARE = 0.25
export const EPISODE_BITS = 2.5
export const EPISODE_FROM_MILLIBITS = 6000
export const EPISODE_WITHIN_US = 3_600_000_000

/** Days after which the unusual counts in full on a host. Origin: two weeks hold one of everything that a week brings, twice. */
export const ACQUAINTED_DAYS = 14
/** Days back in which those count on which a host reported any process. Origin: by hand, so that a month's pause makes nobody a stranger. */
export const ACQUAINTANCE_WINDOW_DAYS = 60

/** Trusted hours at which a known pattern loses half of its risk. Origin: prototype. */
export const FAMILIAR_HALF_HOURS = 3

/**
 * Bits that circumstances (a shell as parent, a tool that is seldom needed) may add beyond what the other reasons come to: administrators work from
 * shells, with just these tools. Origin: everyday lines of the design tables and two fleets.
 */
export const CIRCUMSTANCE_BITS = 1.5
/** Millibits of risk from which familiarity takes nothing off and only a person can grant trust. Origin: scoring method. */
export const PERSON_RISK_MILLIBITS = 6000

/** Millibits from which a row is a deviation. Origin: prototype, 2 false against recall 0.66 on a cold start. */
export const DEVIATION_FLOOR_MILLIBITS = 4000

/** Millibits a pattern must never have reached to become trusted by itself. Constant: the budget's threshold never feeds trust. */
export const TRUST_LIMIT_MILLIBITS = 4000

/** Quiet days that a calibration needs at least. Origin: a week holds one of every weekday. */
export const CALIBRATION_DAYS_MIN = 7

/** Bits of the highest Sigma rule that an execution meets. Origin: levels set beside the risk reasons that analysts give the same urgency. */
export const SIGMA_BITS: Readonly<Record<SigmaLevel, number>> = {
  informational: 0,
  low: 0.5,
  medium: 2,
  high: 4,
  critical: 6,
}
