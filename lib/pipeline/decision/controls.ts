import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import type { Block, BlockEffect, BlockException, Control } from './block'
import { disablingOf } from './disabling'
import { indispensableOf } from './indispensable'
import { publishedName } from './published-name'

/** How a control tells a binary apart. */
type Recognition =
  /** OriginalFileName of the version resource: a renamed copy is caught. */
  | 'original-name'
  /** The publisher's signature with the name in it, or the path where it is not Windows' own or no such name is known. */
  | 'publisher'
  /** The program's path: a copy elsewhere is not caught. */
  | 'path'
  /** A fixed rule of the vendor's, which names no binary. */
  | 'fixed-rules'
  /** What a file type opens with, or whether the feature is there. */
  | 'configuration'
  /** The code's signing identity. */
  | 'signing-id'
  /** Any condition that telemetry could be searched by. */
  | 'conditions'

/** yes = as a condition of the rule; assignment = by not giving the rule to those machines; no = blocked all the same. */
type Ability = 'yes' | 'assignment' | 'no'

export type ControlFacts = {
  /** As a sentence names it. */
  name: string
  platforms: readonly CatalogueEntry['platform'][]
  effects: readonly BlockEffect[]
  recognition: Recognition
  exceptions: Readonly<Record<BlockException['kind'], Ability>>
  /** Whether it holds for SYSTEM and services as delivered. */
  holdsForServices: boolean
  /** Whether it can report what it would block before it does. */
  auditMode: boolean
  /** What else is to be known before relying on it, a sentence each. */
  cautions: readonly string[]
}

const MACHINES_ONLY = {
  parent: 'no',
  pattern: 'no',
  user: 'no',
  group: 'assignment',
  host: 'assignment',
} as const

/**
 * What each control can and cannot express. Origin: the vendors' documentation of App Control for Business, AppLocker, attack surface reduction,
 * Windows Firewall and Santa; `edr` is the capable product that takes conditions on parent and arguments.
 */
export const CONTROL_FACTS: Readonly<Record<Control, ControlFacts>> = {
  'app-control': {
    name: 'App Control for Business',
    platforms: ['windows'],
    effects: ['execution'],
    recognition: 'original-name',
    exceptions: MACHINES_ONLY,
    holdsForServices: true,
    auditMode: true,
    cautions: [
      'It reads the name in the version resource: a copy whose resource was edited, or an old one without any, runs on.',
      'A denial wins over every allowance: a machine is spared only by not giving it the policy.',
    ],
  },
  applocker: {
    name: 'AppLocker',
    platforms: ['windows'],
    effects: ['execution'],
    recognition: 'publisher',
    exceptions: MACHINES_ONLY,
    holdsForServices: false,
    auditMode: true,
    cautions: [
      'SYSTEM and services run on unless the rule collection is extended to services.',
      'Nobody escapes a denial for everyone: a person is spared only with their machine.',
      'It holds only while the Application Identity service runs.',
      'A host audits or enforces all of its rules for programs, libraries or scripts: once one is enforced there, another cannot be audited first.',
    ],
  },
  asr: {
    name: 'Defender ASR rules',
    platforms: ['windows'],
    effects: ['execution'],
    recognition: 'fixed-rules',
    exceptions: MACHINES_ONLY,
    holdsForServices: true,
    auditMode: true,
    cautions: [
      'No rule names this binary: the rules stop what Office, Outlook and Adobe Reader start, and copies of system tools.',
      'They stop other programs started in the same ways as well, which is not counted here; what PSExec and WMI start is only written down, as that rule breaks Configuration Manager.',
      'They work only where Defender is the active antivirus.',
    ],
  },
  firewall: {
    name: 'Windows Firewall',
    platforms: ['windows'],
    effects: ['network'],
    recognition: 'path',
    exceptions: { ...MACHINES_ONLY, user: 'yes' },
    holdsForServices: true,
    auditMode: false,
    cautions: [
      'It has no audit mode: what it would cut is known only from what was recorded.',
      'Transfers that the binary hands over to BITS or WebDAV leave from svchost.exe and are not cut.',
      'Local rules are ignored where Group Policy turns their merging off.',
    ],
  },
  santa: {
    name: 'Santa',
    platforms: ['macos'],
    effects: ['execution'],
    recognition: 'signing-id',
    exceptions: MACHINES_ONLY,
    holdsForServices: true,
    auditMode: true,
    cautions: [
      'It blocks the interpreter, not single scripts.',
      'Newer builds take conditions on arguments and parents; rules as exported here do not use them.',
    ],
  },
  disable: {
    name: 'Configuration of the machine',
    platforms: ['windows'],
    effects: ['reassociate', 'remove'],
    recognition: 'configuration',
    exceptions: MACHINES_ONLY,
    holdsForServices: true,
    auditMode: false,
    cautions: ['It has no audit mode, and reports no attempt.'],
  },
  edr: {
    name: 'EDR or other host agent',
    platforms: ['windows', 'macos'],
    effects: ['network', 'execution'],
    recognition: 'conditions',
    exceptions: { parent: 'yes', pattern: 'yes', user: 'yes', group: 'assignment', host: 'assignment' },
    holdsForServices: true,
    auditMode: true,
    cautions: [
      'What it can tell apart depends on the product: check that it takes conditions on parents and arguments.',
    ],
  },
}

/** What a block needs to know of the catalogue entry. */
export type BlockedEntry = Pick<
  CatalogueEntry,
  'slug' | 'name' | 'kind' | 'platform' | 'originalFileNames' | 'paths'
>

export type ControlSplit = {
  control: Control
  /** Why the control cannot carry out this block at all; null = it can, with what stands below. */
  refusal: string | null
  /** The block with only those exceptions that the control can express. */
  enforced: Block
  /** Exceptions that it cannot express: what they would spare is blocked as well. */
  alsoBlocks: readonly BlockException[]
  /** Kinds of use that it lets run on though the block forbids them, and what else to know; a sentence each. */
  limits: readonly string[]
}

/** Splits a block into what a control enforces, what it blocks beyond that, and what it lets run on. Pure. */
export function splitBlock(block: Block, control: Control, entry: BlockedEntry): ControlSplit {
  const { exceptions } = CONTROL_FACTS[control]
  const expressible = block.exceptions.filter(({ kind }) => exceptions[kind] !== 'no')
  return {
    control,
    refusal: refusalOf(block.effect, control, entry),
    enforced: { ...block, exceptions: expressible },
    alsoBlocks: block.exceptions.filter(({ kind }) => exceptions[kind] === 'no'),
    limits: limitsOf(block.effect, control, entry),
  }
}

/** Why a control cannot have an effect on a binary; null = it can. */
export function refusalOf(effect: BlockEffect, control: Control, entry: BlockedEntry): string | null {
  const facts = CONTROL_FACTS[control]
  const { fileTypes, feature } = disablingOf(entry.slug)
  if (!facts.platforms.includes(entry.platform))
    return `${facts.name} does not run on ${entry.platform === 'macos' ? 'macOS' : 'Windows'}.`
  if (!facts.effects.includes(effect)) return `${facts.name} cannot ${EFFECT_VERBS[effect]}.`
  if (effect === 'execution') return indispensableOf(entry)
  if (effect === 'network' && entry.kind !== 'binary')
    return `What connects is the program that ${entry.kind === 'library' ? 'loads' : 'runs'} ${entry.name}: decide on that.`
  if (effect === 'reassociate' && fileTypes.length === 0) return `No file type opens with ${entry.name}.`
  if (effect === 'remove' && feature === null)
    return `${entry.name} belongs to no feature that could be removed or switched off.`
  return null
}

/** "cannot …", "would …". */
export const EFFECT_VERBS: Readonly<Record<BlockEffect, string>> = {
  reassociate: 'change what a file type opens with',
  network: 'cut the network of a program',
  execution: 'refuse to start a program',
  remove: 'remove a feature',
}

function limitsOf(effect: BlockEffect, control: Control, entry: BlockedEntry): string[] {
  const { fileTypes, feature } = disablingOf(entry.slug)
  const more = {
    reassociate: [
      `Only what is opened through the file type (${fileTypes.map((type) => `.${type}`).join(', ')}) is interrupted: a program or script that starts ${entry.name} by name runs on.`,
    ],
    network: [
      'Only executions that reached the network are interrupted, and they fail in part: they start, and do not connect.',
    ],
    execution: [],
    remove: [
      `It takes away ${feature ?? 'the feature'} for everybody on the machine, with all else that uses it.`,
    ],
  }[effect]
  return [...more, ...recognitionLimits(control, entry), ...CONTROL_FACTS[control].cautions]
}

function recognitionLimits(control: Control, entry: BlockedEntry): string[] {
  if (goesByPath(control, entry)) return ['It tells the binary by its path: a renamed or moved copy runs on.']
  if (guessesName(control, entry))
    return [
      `The catalogue knows no original name of ${entry.name}: the rule takes its file name for it, and whether that stops anything has to be tried on one host.`,
    ]
  return []
}

/** Whether a control tells this binary by its path, so that copies escape. */
export function goesByPath(control: Control, entry: BlockedEntry): boolean {
  const { recognition } = CONTROL_FACTS[control]
  return recognition === 'path' || (recognition === 'publisher' && publishedName(entry) !== 'known')
}

/** Whether a control goes by a name in the version resource that nobody knows of this binary. */
export function guessesName(control: Control, entry: BlockedEntry): boolean {
  return CONTROL_FACTS[control].recognition === 'original-name' && entry.originalFileNames.length === 0
}

/** One step of the ladder of controls. */
export type Rung = { effect: BlockEffect; control: Control }

/** From least to most intrusive. */
const RUNGS: readonly Rung[] = [
  { effect: 'reassociate', control: 'disable' },
  { effect: 'execution', control: 'asr' },
  { effect: 'network', control: 'edr' },
  { effect: 'network', control: 'firewall' },
  { effect: 'execution', control: 'edr' },
  { effect: 'execution', control: 'applocker' },
  { effect: 'execution', control: 'app-control' },
  { effect: 'execution', control: 'santa' },
  { effect: 'remove', control: 'disable' },
]

/** The controls that could carry out a block of this binary, from least to most intrusive. */
export function ladderOf(entry: BlockedEntry): Rung[] {
  return RUNGS.filter(({ effect, control }) => refusalOf(effect, control, entry) === null)
}
