import { cleanText, removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { type Argument, splitArguments } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece, quoteProgram } from './command-piece'
import { deedFacts, replacesLogonTool, writesFiles } from './later-deeds'
import { handedFile, openedFiles } from './later-files'
import { powershellErrand } from './later-powershell'
import { isFlag, targetPiece } from './piece'
import { executedWord, isBuiltIn, isInterpreter } from './shell-command'
import type { Piece, RiskFact, ToolTarget } from './tool-use'

/** Programs of Windows that start what they are told, beside shells and interpreters. */
const WRAPPERS: ReadonlySet<string> = new Set(
  (
    'conhost pcalua forfiles wmic cmstp odbcconf hh scriptrunner syncappvpublishingserver presentationhost regasm regsvcs ' +
    'bitsadmin mavinject verclsid'
  ).split(' '),
)
/** They read a file of code, which is their first word that is no option, unless an option says that code follows. */
const SCRIPT_READERS: ReadonlySet<string> = new Set(
  'wscript cscript python pythonw perl ruby node'.split(' '),
)
const CODE_FOLLOWS = /^(?:-c|-e|--eval|-p|--print|-m)$/
const POWERSHELL: ReadonlySet<string> = new Set(['powershell', 'pwsh'])
const SCRIPT = /\.(?:ps1|bat|cmd)$/
/** … but for a stream of output that is sent to another. */
const CHAINS = /(?<!\d>)&|\|/
const WORDS_MAX = 64
/** Shells within shells that are looked into. */
const SHELLS_MAX = 3
/** `schtasks` takes single quotes for the double ones that its own argument is in. */
const SINGLE_QUOTED = /^'([^']{1,512})'/
const SHELL_SWITCH = /^\/(?:[crk]$|[ck](?=[^\s/:]))/
/** Words of the shell that have others run, and names that only it knows. */
const SHELL_WORD = /^[@(]|^(?:for|if|call|start|goto|setlocal)(?:$|[\s/(])|[%!]/
/** Where whoever is logged on puts files, and products put none that a program in Program Files is told. */
const PLANTED: ReadonlySet<PathClass> = new Set([
  ...(['public', 'user-temp', 'temp', 'downloads', 'desktop', 'documents', 'roaming', 'local'] as const),
  ...(['user-profile', 'windows-writable', 'program-data-root', 'startup', 'recycle-bin'] as const),
  ...(['unc', 'webdav', 'url', 'alternate-data-stream'] as const),
])

/** What a shell or interpreter is to do: a file that it executes, a command of its own that executes none, or anything else. */
type Errand = { script: string } | 'built-in' | 'encoded' | 'code'

function shellErrand(words: readonly string[], command: string): Errand {
  const word = executedWord('cmd', words)
  if (word === null || CHAINS.test(command)) return 'code'
  if (isBuiltIn(word)) return 'built-in'
  return SCRIPT.test(word) || (handedFile(word) && word.includes('\\')) ? { script: word } : 'code'
}

function readerErrand(args: readonly Argument[], words: readonly string[]): Errand {
  if (words.some((word) => CODE_FOLLOWS.test(word))) return 'code'
  const file = args.find((argument) => !isFlag(argument))
  return file === undefined ? 'code' : { script: file.value }
}

function errandOf(
  name: string,
  args: readonly Argument[],
  words: readonly string[],
  command: string,
): Errand {
  if (name === 'cmd') return shellErrand(words, command)
  if (POWERSHELL.has(name)) {
    const errand = powershellErrand(words)
    return errand === 'plain' ? 'built-in' : errand
  }
  if (SCRIPT_READERS.has(name)) return readerErrand(args, words)
  const archive = words[words.indexOf('-jar') + 1]
  return /^javaw?$/.test(name) && words.includes('-jar') && archive !== undefined
    ? { script: archive }
    : 'code'
}

function isOrdinary(target: ToolTarget | null): boolean {
  return target === null || target.class === 'bare' || isInstalled(target.class)
}

function unlaunched(facts: readonly RiskFact[]): readonly RiskFact[] {
  return facts.filter((fact) => fact !== 'launches-command')
}

/** What is told to a program of Windows, and is code by its name, is what is started in the end. */
function handedPieces(args: readonly Argument[]): readonly Piece[] {
  const named = args.map((argument) => ({ ...argument, value: argument.value.replace(/^'|'$/g, '') }))
  const handed = named.filter((argument) => !isFlag(argument) && handedFile(cleanText(argument.value)))
  return handed.map(targetPiece)
}

function factsOf(pieces: readonly Piece[]): readonly RiskFact[] {
  return pieces.flatMap(({ facts }) => facts)
}

function builtInFacts(args: readonly Argument[], words: readonly string[]): readonly RiskFact[] {
  const word = executedWord('cmd', words) ?? ''
  const replaces: RiskFact[] = replacesLogonTool(word, words) ? ['hijacks-start'] : []
  return writesFiles(word) ? [...factsOf(handedPieces(args)), ...replaces] : replaces
}

function interpreted(piece: Piece, name: string, args: readonly Argument[], command: string): Piece {
  const words = args.map(({ value }) => cleanText(value))
  const errand = errandOf(name, args, words, command)
  const others = unlaunched(piece.facts)
  if (errand === 'built-in')
    return { ...piece, facts: [...others, ...builtInFacts(args, words), 'sets-autostart'] }
  if (typeof errand === 'string') {
    const encoded: RiskFact[] = errand === 'encoded' ? ['encoded-script'] : []
    const deeds = deedFacts(name, words)
    return {
      ...piece,
      facts: [...piece.facts, ...factsOf(handedPieces(args)), ...deeds, ...encoded, 'sets-autostart'],
    }
  }
  const value = errand.script.replace(/^'|'$/g, '')
  const { facts, target } = targetPiece({ value, start: 0, end: 0 })
  const set: RiskFact[] = isOrdinary(target) && facts.length === 0 ? [] : ['sets-autostart']
  return { ...piece, target, facts: [...others, ...facts, ...set] }
}

/** The command that a shell is to execute, if it is one program and its words; null = there is more to it. */
function innerCommand(command: string, args: readonly Argument[]): string | null {
  const option = args.find(({ value }) => SHELL_SWITCH.test(cleanText(value)))
  if (option === undefined || CHAINS.test(command)) return null
  const told = command.slice(option.start + 2).trim()
  const isQuoted = told.startsWith('""') || (/^"[^"]*"$/.test(told) && /\s/.test(told))
  const inner = isQuoted && !/^"[a-z]:\\[^"]*\.(?:exe|com|bat|cmd)"$/i.test(told) ? told.slice(1, -1) : told
  const clean = cleanText(inner)
  const first = splitArguments(clean, 0, 1)[0]?.value ?? ''
  return first === '' || isBuiltIn(clean) || isBuiltIn(first) || SHELL_WORD.test(first) ? null : inner
}

/** A program that is told files: those that others can have put there are what is started in the end. */
function handed(piece: Piece, name: string, args: readonly Argument[]): Piece {
  const words = args.map(({ value }) => cleanText(value))
  const opened = openedFiles(name, args)
  const named = args.filter((argument) => !opened.some(({ start }) => start === argument.start))
  const files = [...opened.map(targetPiece), ...handedPieces(named)]
  const isProduct = piece.target?.class === 'program-files'
  const told = files.filter(({ target }) => !isProduct || (target !== null && PLANTED.has(target.class)))
  const facts = [...unlaunched(piece.facts), ...factsOf(told), ...deedFacts(name, words)]
  const set: RiskFact[] = isOrdinary(piece.target) && facts.length === 0 ? [] : ['sets-autostart']
  const target = told.find((one) => one.facts.length > 0)?.target ?? piece.target
  return { ...piece, target, facts: [...facts, ...set] }
}

function judged(argument: Argument, depth: number): Piece {
  const command = removeCarets(quoteProgram(cleanText(argument.value).trim().replace(SINGLE_QUOTED, '"$1"')))
  const piece = commandPiece({ ...argument, value: command })
  const [program, ...rest] = splitArguments(command, 0, WORDS_MAX + 1)
  if (program === undefined) return piece
  const name = (piece.target?.name ?? '').replace(/\.exe$/, '')
  const inner = name === 'cmd' && depth < SHELLS_MAX ? innerCommand(command, rest) : null
  if (inner !== null) {
    const { facts, target } = judged({ ...argument, value: inner }, depth + 1)
    return { ...piece, target, facts: [...unlaunched(piece.facts), ...facts] }
  }
  return isInterpreter(name) || WRAPPERS.has(name)
    ? interpreted(piece, name, rest, command)
    : handed(piece, name, rest)
}

/**
 * A command that is kept to be started later, as one argument. Its target is what is executed in the end: of an interpreter the script. An installed program is what
 * products and administrators have started so; code handed over to an interpreter, and what lies where others can write, is told.
 */
export function laterPiece(argument: Argument): Piece {
  return judged(argument, 0)
}
