import { type Signature, subjectOf } from '@/lib/pipeline/baseline/signature'
import { moduleAllowed } from '@/lib/pipeline/baseline/trait/module-trait'

export const RULING_EFFECTS = ['malicious', 'test', 'expected'] as const
/** malicious: never trusted. test: explained, teaches nothing. expected: explained and trusted. The first that applies wins. */
export type RulingEffect = (typeof RULING_EFFECTS)[number]

/** A ruling for uses whose parent or identity is not reported: null would mean any. */
export const NOT_REPORTED = ''

/** Whether what was ruled so is something that the fleet does: a test and an intrusion are none, however many hosts show them. null = nobody ruled. */
export function isPractice(ruling: RulingEffect | null): boolean {
  return ruling === null || ruling === 'expected'
}

/** What a person taught. Binds to more than the pattern, so that one click does not allow all that masks to it. */
export type Ruling = {
  slug: string
  /** The ruled signature's subject: its pattern, or shape or identity where no command line was reported. */
  pattern: string
  /** Value of the feature; null = any; NOT_REPORTED. */
  parent: string | null
  identity: string | null
  /** The only notable modules that it explains, where modules are reported; null = any, as where the ruled uses reported none. */
  modules?: readonly string[] | null
  scope: 'fleet' | 'group' | 'host'
  effect: RulingEffect
  /** Days since 1970, both included; null = no end. */
  fromDay: number
  toDay: number | null
}

function binds(bound: string | null, value: string | null): boolean {
  return bound === null || bound === (value ?? NOT_REPORTED)
}

/** A pattern masks the names of what is loaded: a module that nobody looked at is not explained by it. Missing is not unseen. */
export function loadsOnly(allowed: readonly string[] | null, loaded: readonly string[] | null): boolean {
  if (allowed === null || loaded === null) return true
  const names = new Set(allowed.map(moduleAllowed))
  return loaded.every((value) => names.has(moduleAllowed(value)))
}

function covers(ruling: Ruling, signature: Signature, day: number): boolean {
  return (
    ruling.slug === signature.slug &&
    ruling.pattern === subjectOf(signature).value &&
    binds(ruling.parent, signature.features.parent) &&
    binds(ruling.identity, signature.features.identity) &&
    loadsOnly(ruling.modules ?? null, signature.traits.module) &&
    ruling.fromDay <= day &&
    (ruling.toDay === null || day <= ruling.toDay)
  )
}

/** The effect of a host's rulings on a signature that day; null = nobody ruled. Order and scope of rulings do not matter. */
export function effectOf(rulings: readonly Ruling[], signature: Signature, day: number): RulingEffect | null {
  const inForce = rulings.filter((one) => covers(one, signature, day))
  return RULING_EFFECTS.find((effect) => inForce.some((one) => one.effect === effect)) ?? null
}
