import type { SignatureHistory } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { buildProfile, EMPTY_PROFILE } from '@/lib/pipeline/baseline/profile'
import { type Signature, valuesOf } from '@/lib/pipeline/baseline/signature'
import { HOUR_UNIT } from '@/lib/pipeline/baseline/weights'
import { exampleSignature } from './example-signature'
import type { Ruling } from './ruling'
import { type HostDayInput, type ScoredRow, scoreHostDay, type UsageFact } from './score-host-day'
import { DEFAULT_SETTINGS } from './score-signature'

/** Building blocks of the tests of this folder: a day, a host's past, a fleet. */

export const DAY = 20_000
export const NOBODY: PrevalenceView = { profile: () => EMPTY_PROFILE, spread: () => null }

/** A fleet of 64 hosts that all know each of the given signatures. */
export function fleetThatKnows(
  signatures: readonly Signature[],
  spread: PrevalenceView['spread'] = () => null,
): PrevalenceView {
  return {
    profile: (_, feature) =>
      buildProfile(
        new Map(
          signatures.flatMap((signature) => (valuesOf(signature, feature) ?? []).map((value) => [value, 64])),
        ),
      ),
    spread,
  }
}

export function fact(signature: Signature, traits: Partial<UsageFact> = {}): UsageFact {
  return {
    signatureId: signature.id,
    principalId: '1',
    hourMask: 1,
    firstAtUs: 1,
    lastAtUs: 1,
    executions: 1,
    ...traits,
  }
}

export function past(hours: number, traits: Partial<SignatureHistory> = {}): SignatureHistory {
  const seen = { observedHours: hours, days: hours, firstDay: DAY - 100, lastDay: DAY - 1 }
  return { trustedWeight: hours * HOUR_UNIT, ...seen, refused: false, ...traits }
}

export function hostDay(signatures: readonly Signature[], traits: Partial<HostDayInput> = {}): HostDayInput {
  return {
    day: DAY,
    facts: signatures.map((signature) => fact(signature)),
    signatures: new Map(signatures.map((signature) => [signature.id, signature])),
    history: new Map(),
    prevalence: { fleet: NOBODY, group: null },
    rulings: [],
    settings: DEFAULT_SETTINGS,
    ...traits,
  }
}

export function scoreOf(signature: Signature, traits: Partial<HostDayInput> = {}): ScoredRow {
  const [row] = scoreHostDay(hostDay([signature], traits)).rows
  if (row === undefined) throw new Error('no row')
  return row
}

export const usual = exampleSignature()
export const strange = exampleSignature({
  pattern: 'c:\\users\\public\\<random>.dll start',
  shape: 'rundll32.exe | export | public dll',
  parentName: 'winword.exe',
})
export const renamed = exampleSignature({ renamed: true, features: { identity: 'user-temp, renamed' } })

export function ruling(signature: Signature, effect: Ruling['effect'], traits: Partial<Ruling> = {}): Ruling {
  const pattern = signature.pattern ?? ''
  return {
    slug: signature.slug,
    pattern,
    parent: null,
    identity: null,
    scope: 'fleet',
    effect,
    fromDay: 0,
    toDay: null,
    ...traits,
  }
}

/** A past of something else: the host has been known for so many days. `judged` are the signatures of the day. */
export function acquainted(
  judged: readonly Signature[],
  days = 100,
): Pick<HostDayInput, 'history' | 'signatures'> {
  const other = exampleSignature({
    slug: 'certutil.exe',
    pattern: 'certutil /store my',
    shape: 'certutil|store|-|-',
  })
  return {
    history: new Map([[other.id, past(1, { firstDay: DAY - days })]]),
    signatures: new Map([other, ...judged].map((one) => [one.id, one])),
  }
}
