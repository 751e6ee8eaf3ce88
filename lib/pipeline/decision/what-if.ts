import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isServiceClass } from '@/lib/pipeline/baseline/user-class'
import type { Block, BlockException, Control } from './block'
import {
  type BlockedEntry,
  CONTROL_FACTS,
  type ControlSplit,
  goesByPath,
  guessesName,
  splitBlock,
} from './controls'
import { disablingOf } from './disabling'
import { type Placed, takesIn } from './scope'

/** Exceptions that are weighed one by one, a bit each; the rest share a bit by kind, since what a control can express goes by kind. */
export const WEIGHED_SINGLY = 26
const KINDS = ['parent', 'pattern', 'user', 'group', 'host'] as const satisfies BlockException['kind'][]

/** What of a signature a block is judged by. */
export type JudgedSignature = Pick<
  Signature,
  'pattern' | 'features' | 'target' | 'traits' | 'parentName' | 'renamed' | 'impostor' | 'imageFolderExpected'
>

/** One row of stored use, as far as a block asks. */
export type JudgedUse = Placed & {
  signature: JudgedSignature
  /** null = not reported. */
  user: { name: string | null; sid: string | null } | null
}

/** Why a control leaves an execution alone that the block forbids. */
export const UNAFFECTED = [
  'service-account',
  'copy',
  'other-program',
  'direct-start',
  'no-connection',
  'not-in-a-rule',
] as const
export type Unaffected = (typeof UNAFFECTED)[number]

/**
 * How a control treats a kind of use, before places, people and exceptions: it stops it, leaves it alone for a reason, or what it would do cannot be
 * told from what was recorded.
 */
export type Effect = 'stopped' | 'unknown' | Unaffected

/** outside: not in scope; spared: by an exception that the control can express; collateral: blocked in spite of an exception. */
export type Outcome = 'outside' | 'unaffected' | 'unknown' | 'spared' | 'collateral' | 'blocked'

/** A block with the control that would carry it out, ready to be replayed. */
export type Plan = { block: Block; entry: BlockedEntry; split: ControlSplit; expressible: number }

/** Bits of the exceptions that a control can express are in `expressible`, in the order of the block's exceptions. */
export function planBlock(block: Block, control: Control, entry: BlockedEntry): Plan {
  const abilities = CONTROL_FACTS[control].exceptions
  return {
    block,
    entry,
    split: splitBlock(block, control, entry),
    expressible: bitsOf(block.exceptions, ({ kind }) => abilities[kind] !== 'no'),
  }
}

/** What the plan does to one row of use. */
export function judgeUse(plan: Plan, use: JudgedUse): Outcome {
  if (!takesIn(plan.block.scope, use)) return 'outside'
  if (plan.split.refusal !== null) return 'unaffected'
  const effect = effectOn(plan, use.signature)
  if (effect === 'unknown') return 'unknown'
  if (effect !== 'stopped') return 'unaffected'
  const matching = exceptionBits(plan.block.exceptions, use)
  if ((matching & plan.expressible) !== 0) return 'spared'
  return matching === 0 ? 'blocked' : 'collateral'
}

/**
 * The only exception that keeps the plan from blocking a row, by its bit: its place in the block while it is weighed singly; null = none or
 * several. What removing it would interrupt.
 */
export function soleException(plan: Plan, use: JudgedUse): number | null {
  if (judgeUse(plan, use) !== 'spared') return null
  return soleBit(exceptionBits(plan.block.exceptions, use) & plan.expressible)
}

/** The place of the only bit; null = none or several. */
export function soleBit(bits: number): number | null {
  return bits !== 0 && (bits & (bits - 1)) === 0 ? 31 - Math.clz32(bits) : null
}

/** Exceptions that match what ran, as bits. */
export function signatureBits(
  exceptions: readonly BlockException[],
  { pattern, features }: Pick<JudgedSignature, 'pattern' | 'features'>,
): number {
  return bitsOf(exceptions, (exception) => {
    if (exception.kind === 'parent') return features.parent === exception.value
    return exception.kind === 'pattern' && pattern === exception.value
  })
}

/** Exceptions that match who ran it, as bits: names and SIDs compare without case. */
export function userBits(exceptions: readonly BlockException[], user: JudgedUse['user']): number {
  if (user === null) return 0
  const known = [user.name, user.sid].flatMap((one) => (one === null ? [] : [one.toLowerCase()]))
  return bitsOf(exceptions, (one) => one.kind === 'user' && known.includes(one.value.toLowerCase()))
}

/** Exceptions that match where it ran, as bits. */
export function placeBits(exceptions: readonly BlockException[], { hostId, groupId }: Placed): number {
  return bitsOf(exceptions, (exception) => {
    if (exception.kind === 'host') return exception.id === hostId
    return exception.kind === 'group' && exception.id === groupId
  })
}

/** Whether a block is for a host: it is in scope, and nothing spares the whole of it. */
export function holdsFor({ scope, exceptions }: Pick<Block, 'scope' | 'exceptions'>, host: Placed): boolean {
  return takesIn(scope, host) && placeBits(exceptions, host) === 0
}

function exceptionBits(exceptions: readonly BlockException[], use: JudgedUse): number {
  return (
    signatureBits(exceptions, use.signature) | userBits(exceptions, use.user) | placeBits(exceptions, use)
  )
}

function bitsOf(exceptions: readonly BlockException[], matches: (one: BlockException) => boolean): number {
  return exceptions.reduce(
    (bits, exception, index) => (matches(exception) ? bits | (1 << bitOf(exception, index)) : bits),
    0,
  )
}

function bitOf({ kind }: BlockException, index: number): number {
  return index < WEIGHED_SINGLY ? index : WEIGHED_SINGLY + KINDS.indexOf(kind)
}

/** What the control does to a kind of use. */
export function effectOn({ block, split, entry }: Plan, signature: JudgedSignature): Effect {
  if (guessesName(split.control, entry)) return 'unknown'
  const identity = byIdentity(split.control, entry, signature)
  if (identity !== null) return identity
  if (split.control === 'asr') return byFixedRules(signature)
  if (!CONTROL_FACTS[split.control].holdsForServices) {
    const { user } = signature.features
    if (user === null) return 'unknown'
    if (isServiceClass(user)) return 'service-account'
  }
  if (block.effect === 'network') return byConnections(signature)
  if (block.effect === 'reassociate') return byFileType(entry.slug, signature)
  return 'stopped'
}

/** Whether the control takes what ran for the binary at all. */
function byIdentity(control: Control, entry: BlockedEntry, signature: JudgedSignature): Unaffected | null {
  const { renamed, impostor, imageFolderExpected } = signature
  if (goesByPath(control, entry)) return renamed || imageFolderExpected === false ? 'copy' : null
  const { recognition } = CONTROL_FACTS[control]
  if (recognition === 'configuration') return renamed ? 'copy' : null
  const byName =
    recognition === 'original-name' || recognition === 'publisher' || recognition === 'signing-id'
  return byName && impostor ? 'other-program' : null
}

/** Programs whose children an ASR rule stops. Origin: the rules on child processes of Office, Outlook and Adobe Reader; the one on PSExec and WMI stays in audit. */
export const ASR_PARENTS: ReadonlySet<string> = new Set([
  'winword.exe',
  'excel.exe',
  'powerpnt.exe',
  'onenote.exe',
  'msaccess.exe',
  'outlook.exe',
  'acrord32.exe',
  'acrobat.exe',
])

function byFixedRules({ renamed, impostor, parentName }: JudgedSignature): Effect {
  if (renamed || impostor) return 'stopped'
  if (parentName === null) return 'unknown'
  return ASR_PARENTS.has(parentName) ? 'stopped' : 'not-in-a-rule'
}

function byConnections({ traits }: JudgedSignature): Effect {
  const { destination } = traits
  if (destination === null) return 'unknown'
  return destination.some((value) => !value.startsWith('inbound')) ? 'stopped' : 'no-connection'
}

/** Programs that open documents by their type: the shell, mail, browsers, archivers. Any other parent names the program that it starts. */
const OPENERS: ReadonlySet<string> = new Set([
  'explorer.exe',
  'outlook.exe',
  'olk.exe',
  'winword.exe',
  'excel.exe',
  'powerpnt.exe',
  'onenote.exe',
  'teams.exe',
  'ms-teams.exe',
  'msedge.exe',
  'chrome.exe',
  'firefox.exe',
  'iexplore.exe',
  '7zfm.exe',
  'winrar.exe',
  'openwith.exe',
])

function byFileType(slug: string, { target, pattern, parentName }: JudgedSignature): Effect {
  if (pattern === null || parentName === null) return 'unknown'
  const ofType = target?.extension !== undefined && target.extension !== null
  const opens = ofType && disablingOf(slug).fileTypes.includes(target.extension ?? '')
  return opens && OPENERS.has(parentName) ? 'stopped' : 'direct-start'
}
