import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import {
  type Argument,
  type CommandLine,
  splitArguments,
} from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, isLocalHost, optionName, secretPiece } from './data-piece'
import { openingOf } from './netsh-firewall'
import { type Parameter, parameterPiece, parametersOf, valueAt } from './netsh-parameters'
import { meaningIn, NETSH_WORDS, type Words } from './netsh-words'
import { fixedPiece, isFlag, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

/** Options of netsh itself that a word follows: alias file, context, other host, account, password, script. */
const TAKES: ReadonlySet<string> = new Set(['a', 'c', 'r', 'u', 'p', 'f'])
const COMMAND_WORDS_MAX = 6

/** The words of contexts and commands, in full, and how many arguments they took. */
type Command = {
  words: readonly string[]
  context: Words
  pieces: readonly Piece[]
  rest: readonly Argument[]
}

function describe(
  words: readonly string[],
  from: Words,
): { words: string[]; context: Words; complete: boolean } {
  const said: string[] = []
  let context = from
  for (const word of words) {
    const meaning = meaningIn(context, word)
    if (meaning === null) return { words: said, context, complete: false }
    said.push(meaning.word)
    context = meaning.below
  }
  return { words: said, context, complete: true }
}

/** One argument may hold several words in quotes. */
function wordsIn(argument: Argument): string[] {
  return splitArguments(cleanText(argument.value), 0).map(({ value }) => value)
}

function optionPiece(name: string, argument: Argument, changes: boolean): Piece {
  const clean = cleanText(argument.value).trim()
  switch (name) {
    case 'r':
      if (isLocalHost(clean)) return fixedPiece(argument, 'localhost', 'value')
      return fixedPiece(argument, '<host>', 'masked', changes ? ['remote-host'] : [])
    case 'u':
      return fixedPiece(argument, '<account>', 'masked')
    case 'p':
      return secretPiece(argument)
    case 'f':
      return scriptPiece(argument)
    default:
      return dataPiece(argument)
  }
}

/** A file of netsh's commands, which it carries out. */
function scriptPiece(argument: Argument): Piece {
  const piece = targetPiece(argument)
  return { ...piece, facts: ['opens-file', ...piece.facts] }
}

/** Options stand before the command, and are taken off first: `-c context` is where its words begin. */
type Head = {
  options: ReadonlyMap<Argument, string>
  flags: ReadonlySet<Argument>
  context: Words
  words: string[]
  rest: Argument[]
}

function headOf(args: readonly Argument[]): Head {
  const options = new Map<Argument, string>()
  const flags = new Set<Argument>()
  let context: Words = NETSH_WORDS
  let words: string[] = []
  let at = 0
  for (; at < args.length; at += 2) {
    const flag = args[at]
    const value = args[at + 1]
    if (flag === undefined || value === undefined || !isFlag(flag) || !TAKES.has(optionName(flag))) break
    flags.add(flag)
    options.set(value, optionName(flag))
    if (optionName(flag) !== 'c') continue
    const said = describe(wordsIn(value), NETSH_WORDS)
    words = said.words
    context = said.context
  }
  return { options, flags, context, words, rest: args.slice(at) }
}

function commandOf({ context: from, words: begun, rest }: Head): Command {
  const words = [...begun]
  const pieces: Piece[] = []
  let context = from
  let at = 0
  for (; at < rest.length && words.length < COMMAND_WORDS_MAX; at += 1) {
    const argument = rest[at]
    if (argument === undefined) break
    const inside = wordsIn(argument)
    const said = describe(inside, context)
    if (said.words.length === 0) break
    words.push(...said.words)
    context = said.context
    pieces.push(fixedPiece(argument, said.words.join(' '), 'value'))
    if (said.complete) continue
    const left = inside.slice(said.words.length).map((value) => ({ ...argument, value }))
    return { words, context, pieces, rest: [...left, ...rest.slice(at + 1)] }
  }
  return { words, context, pieces, rest: rest.slice(at) }
}

const FORWARDS = /^interface portproxy (?:add|set) v[46]tov[46]$/
const KEYS = /^wlan (?:show|export) profiles$/

function isCapture(command: string, parameters: readonly Parameter[]): boolean {
  const isOn = valueAt(parameters, 'capture').startsWith('y')
  return command === 'trace start' && isOn
}

function commandFacts(command: string, parameters: readonly Parameter[]): RiskFact[] {
  const facts: RiskFact[] = []
  if (FORWARDS.test(command)) facts.push('forwards-ports')
  if (KEYS.test(command) && valueAt(parameters, 'key') === 'clear') facts.push('credential-store')
  if (isCapture(command, parameters)) facts.push('captures-traffic')
  return facts
}

const ASKS = /(?:^| )(?:show|dump|help|export)(?: |$)/

/** Files that netsh loads or carries out; of all other words none is run. */
function restPieces(command: string, parameters: readonly Parameter[]): readonly Piece[] {
  return parameters.map((parameter, at) => {
    if (at === 0 && command === 'add helper') {
      const piece = targetPiece(parameter.argument)
      return { ...piece, facts: ['launches-program', ...piece.facts] }
    }
    return at === 0 && command === 'exec'
      ? scriptPiece(parameter.argument)
      : parameterPiece(command, parameter, at)
  })
}

/** What one argument in quotes holds, command and parameters, is one piece. */
function together(pieces: readonly Piece[]): readonly Piece[] {
  const found: Piece[] = []
  for (const piece of pieces) {
    const last = found.at(-1)
    if (last === undefined || last.start !== piece.start) found.push(piece)
    else
      found[found.length - 1] = {
        ...piece,
        kind: last.kind === 'masked' ? 'masked' : piece.kind,
        text: `${last.text} ${piece.text}`,
        facts: [...last.facts, ...piece.facts],
        target: last.target ?? piece.target,
      }
  }
  return found
}

/** Where the words end that are known, a plain one may still say what it is about. */
function modeOf(words: readonly string[], args: readonly Argument[]): string {
  if (words.length > 0) return words.join(' ')
  const said = cleanText(args[0]?.value ?? '')
  if (args.length === 0) return 'none'
  return /^[a-z0-9]{1,24}$/.test(said) && mask(said) === said ? said : 'other'
}

function read(line: CommandLine): Reading {
  const head = headOf(line.args)
  const { words, pieces: said, rest } = commandOf(head)
  const command = words.join(' ')
  const parameters = parametersOf(rest)
  const changes = !ASKS.test(command)
  const before = line.args.slice(0, line.args.length - head.rest.length).map((argument) => {
    const name = head.options.get(argument)
    return name === undefined ? switchPiece(argument) : optionPiece(name, argument, changes)
  })
  const after = restPieces(command, parameters)
  const opening = openingOf(command, parameters)
  const pieces = together([...before, ...said, ...after])
  const run = [...before, ...after.slice(0, 1)].find(
    ({ facts, target }) => target !== null && facts.length > 0,
  )
  return {
    mode:
      words.length === 0 && [...head.options.values()].includes('f') ? 'script' : modeOf(words, head.rest),
    pieces,
    target: opening.target ?? run?.target ?? null,
    facts: [...commandFacts(command, parameters), ...opening.facts],
    hosted: null,
  }
}

/** netsh: words of contexts and one command, which may all be cut short, then `name=value`. */
export const netsh: ToolGrammar = { slugs: ['netsh.exe'], read, hosted: null }
