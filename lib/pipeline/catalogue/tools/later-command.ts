import { cleanText, removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { type Argument, splitArguments } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece, quoteProgram } from './command-piece'
import { isFlag, targetPiece } from './piece'
import { executedWord, isBuiltIn, isInterpreter } from './shell-command'
import type { Piece, RiskFact, ToolTarget } from './tool-use'

/** Programs of Windows that start what they are told, beside shells and interpreters. */
const WRAPPERS: ReadonlySet<string> = new Set(
  'conhost pcalua forfiles wmic cmstp odbcconf hh scriptrunner syncappvpublishingserver presentationhost regasm regsvcs'.split(
    ' ',
  ),
)
/** They read a file of code, which is their first word that is no option, unless an option says that code follows. */
const SCRIPT_READERS: ReadonlySet<string> = new Set(
  'wscript cscript python pythonw perl ruby node'.split(' '),
)
const CODE_FOLLOWS = /^(?:-c|-e|--eval|-p|--print|-m)$/
const POWERSHELL: ReadonlySet<string> = new Set(['powershell', 'pwsh'])
const FILE = /^[-/]f(?:i|il|ile)?$/
const ENCODED = /^[-/]e(?:c|n|nc|nco|ncod|ncode|ncoded|ncodedc[a-z]{0,10})?$/
const COMMAND = /^[-/]c(?:o|om|omm|omma|omman|ommand)?$/
/** A command of PowerShell that is a script's path and its parameters, nothing chained, expanded or computed. */
const CALLED_SCRIPT =
  /^(?:[&.]\s{0,8})?(?:'([^']{1,256}\.ps1)'|"([^"]{1,256}\.ps1)"|([^\s'"]{1,256}\.ps1))(?:\s[^;|&$({`]{0,256})?$/
const SCRIPT = /\.(?:ps1|bat|cmd)$/
/** … but for a stream of output that is sent to another. */
const CHAINS = /(?<!\d>)&|\|/
/** Files that are code, whatever program is told to open them. */
const CODE = /\.(?:exe|dll|ocx|cpl|com|scr|msi|bat|cmd|ps1|vb[se]|jse?|wsf|hta|sct|jar|pyw?)$/
const WORDS_MAX = 64
/** `schtasks` takes single quotes for the double ones that its own argument is in. */
const SINGLE_QUOTED = /^'([^']{1,512})'/

/** What a shell or interpreter is to do: a file that it executes, a command of its own that executes none, or anything else. */
type Errand = { script: string } | 'built-in' | 'code'

function shellErrand(words: readonly string[], command: string): Errand {
  const word = executedWord('cmd', words)
  if (word === null || CHAINS.test(command)) return 'code'
  if (isBuiltIn(word)) return 'built-in'
  return SCRIPT.test(word) || (CODE.test(word) && word.includes('\\')) ? { script: word } : 'code'
}

function calledScript(text: string): Errand {
  const [, single, double, bare] = CALLED_SCRIPT.exec(text.trim()) ?? []
  const script = single ?? double ?? bare
  return script === undefined ? 'code' : { script }
}

function powershellErrand(words: readonly string[]): Errand {
  if (words.some((word) => ENCODED.test(word))) return 'code'
  const file = words[words.findIndex((word) => FILE.test(word)) + 1]
  if (words.some((word) => FILE.test(word))) return file === undefined ? 'code' : { script: file }
  const command = words.findIndex((word) => COMMAND.test(word))
  if (command >= 0) return calledScript(words.slice(command + 1).join(' '))
  const bare = words.find((word) => /\.ps1$/.test(word))
  return bare === undefined || /\s/.test(bare) ? 'code' : { script: bare }
}

function readerErrand(args: readonly Argument[], words: readonly string[]): Errand {
  if (words.some((word) => CODE_FOLLOWS.test(word))) return 'code'
  const file = args.find((argument) => !isFlag(argument))
  return file === undefined ? 'code' : { script: file.value }
}

function errandOf(name: string, args: readonly Argument[], command: string): Errand {
  const words = args.map(({ value }) => cleanText(value))
  if (name === 'cmd') return shellErrand(words, command)
  if (POWERSHELL.has(name)) return powershellErrand(words)
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
function handedFacts(args: readonly Argument[]): readonly RiskFact[] {
  const named = args.map((argument) => ({ ...argument, value: argument.value.replace(/^'|'$/g, '') }))
  const handed = named.filter((argument) => !isFlag(argument) && CODE.test(cleanText(argument.value)))
  return handed.flatMap((argument) => targetPiece(argument).facts)
}

function interpreted(piece: Piece, name: string, args: readonly Argument[], command: string): Piece {
  const errand = errandOf(name, args, command)
  const others = unlaunched(piece.facts)
  if (errand === 'built-in') return { ...piece, facts: [...others, 'sets-autostart'] }
  if (errand === 'code') {
    const isEncoded = POWERSHELL.has(name) && args.some(({ value }) => ENCODED.test(cleanText(value)))
    const encoded: RiskFact[] = isEncoded ? ['encoded-script'] : []
    return { ...piece, facts: [...piece.facts, ...handedFacts(args), ...encoded, 'sets-autostart'] }
  }
  const value = errand.script.replace(/^'|'$/g, '')
  const { facts, target } = targetPiece({ value, start: 0, end: 0 })
  const set: RiskFact[] = isOrdinary(target) && facts.length === 0 ? [] : ['sets-autostart']
  return { ...piece, target, facts: [...others, ...facts, ...set] }
}

/**
 * A command that is kept to be started later, as one argument. Its target is what is executed in the end: of an interpreter the script. An installed program is what
 * products and administrators have started so; code handed over to an interpreter, and what lies where others can write, is told.
 */
export function laterPiece(argument: Argument): Piece {
  const command = quoteProgram(cleanText(argument.value).trim().replace(SINGLE_QUOTED, '"$1"'))
  const piece = commandPiece({ ...argument, value: command })
  const [program, ...rest] = splitArguments(removeCarets(command), 0, WORDS_MAX + 1)
  if (program === undefined) return piece
  const name = (piece.target?.name ?? '').replace(/\.exe$/, '')
  if (isInterpreter(name) || WRAPPERS.has(name)) return interpreted(piece, name, rest, command)
  const location = piece.target?.class ?? 'bare'
  const handed = location === 'program-files' ? [] : handedFacts(rest)
  const facts = [...unlaunched(piece.facts), ...handed]
  const set: RiskFact[] = isOrdinary(piece.target) && facts.length === 0 ? [] : ['sets-autostart']
  return { ...piece, facts: [...facts, ...set] }
}
