import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import {
  type Argument,
  type CommandLine,
  splitArguments,
} from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, isShortFor } from './data-piece'
import { fixedPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

/** Menus and commands, which may be cut short; the first that fits is meant. Up to two words tell them apart. */
const MENUS: readonly string[] = [
  'ifm',
  'snapshot',
  'files',
  'roles',
  'metadata cleanup',
  'authoritative restore',
  'semantic database analysis',
  'partition management',
  'local roles',
  'ldap policies',
  'security account management',
  'set dsrm password',
]
/** Where the first letter is that of no other. */
const SHORTEST: Readonly<Record<string, number>> = { ifm: 1, files: 1, roles: 1, 'metadata cleanup': 1 }
const WORDS_MAX = 2048

function menuOf(word: string, next: string): string | null {
  const found = MENUS.find((menu) => {
    const [first = '', second] = menu.split(' ')
    if (!isShortFor(word, first, SHORTEST[menu] ?? 2)) return false
    return second === undefined || isShortFor(next, second)
  })
  return found ?? null
}

/** Of every argument the words: a command is quoted as a whole, or is not. */
function wordsOf(args: readonly Argument[]): string[] {
  return args
    .flatMap(({ value }) => splitArguments(cleanText(value), 0, WORDS_MAX).map((word) => word.value))
    .slice(0, WORDS_MAX)
}

type Step = { menu: string; command: string }

const KINDS: readonly string[] = ['sysvol', 'full', 'rodc']

function commandIn(menu: string, word: string, next: string): string | null {
  if (menu === 'ifm')
    return isShortFor(word, 'create') && KINDS.some((kind) => isShortFor(next, kind)) ? 'create' : null
  if (menu !== 'snapshot') return null
  return (
    ['create', 'mount', 'unmount', 'delete', 'list'].find((command) =>
      isShortFor(word, command, command === 'create' ? 2 : 1),
    ) ?? null
  )
}

/** `ac i ntds` names an instance, `li i` asks which there are. */
function namesInstances(before: string): boolean {
  return isShortFor(before, 'activate') || isShortFor(before, 'list')
}

/** What is done, menu by menu; `quit` leaves one. */
function stepsOf(words: readonly string[]): readonly Step[] {
  const steps: Step[] = []
  let menu = ''
  for (const [at, word] of words.entries()) {
    const next = words[at + 1] ?? ''
    const command = commandIn(menu, word, next)
    const entered = namesInstances(words[at - 1] ?? '') ? null : menuOf(word, next)
    if (command !== null) steps.push({ menu, command })
    else if (menu !== '' && isShortFor(word, 'quit')) menu = ''
    else if (menu === '' && entered !== null) {
      menu = entered
      steps.push({ menu, command: '' })
    }
  }
  return steps
}

/** A copy of the directory's database for another controller, or a snapshot that it can be read from (ATT&CK T1003.003). */
function factsOf(steps: readonly Step[]): RiskFact[] {
  const facts: RiskFact[] = []
  if (steps.some(({ menu, command }) => menu === 'ifm' && command === 'create')) facts.push('copies-secrets')
  if (steps.some(({ menu, command }) => menu === 'snapshot' && /^(?:create|mount)$/.test(command)))
    facts.push('shadow-copy')
  return facts
}

function modeOf(steps: readonly Step[], args: readonly Argument[]): string {
  const done = steps.find(({ command }) => command !== '') ?? steps[0]
  if (done !== undefined) return `${done.menu} ${done.command}`.trim()
  return args.length === 0 ? 'interactive' : 'other'
}

const PATH = /^(?:[a-z]:[\\/]|\\\\)/

function wordPiece(argument: Argument): Piece {
  const words = splitArguments(cleanText(argument.value), 0, WORDS_MAX)
  if (words.length < 2) return dataPiece(argument)
  const read = words.map((word) => dataPiece(word))
  const place = words.findIndex(({ value }) => PATH.test(value))
  const piece = fixedPiece(argument, read.map(({ text }) => text).join(' '), 'value')
  return { ...piece, facts: read.flatMap(({ facts }) => facts), target: read[place]?.target ?? null }
}

function read(line: CommandLine): Reading {
  const steps = stepsOf(wordsOf(line.args))
  const pieces = line.args.map(wordPiece)
  const target = pieces.find((piece) => piece.target !== null && piece.kind !== 'switch')?.target ?? null
  return { mode: modeOf(steps, line.args), pieces, target, facts: factsOf(steps), hosted: null }
}

/** ntdsutil and dsdbutil: commands of menus in menus, one an argument: `"activate instance ntds" ifm "create full c:\x" quit quit`. */
export const ntdsutil: ToolGrammar = { slugs: ['ntdsutil.exe', 'dsdbutil.exe'], read, hosted: null }
