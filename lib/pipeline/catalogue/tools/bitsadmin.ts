import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, isFlag, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const MODIFIERS = new Set(['rawreturn', 'wrap', 'nowrap'])
const FETCHING = new Set(['transfer', 'addfile', 'addfilewithranges'])
const STARTING = new Set(['setnotifycmdline', 'setnotifyflags'])
/** Verbs followed by the name of a job, which the caller makes up. */
const NAMELESS = new Set(['list', 'monitor', 'reset', 'util', 'cache', 'peercaching', 'peers', 'help', '?'])

function optionName(argument: Argument): string {
  return cleanText(argument.value).replace(/^[-/]{1,2}/, '')
}

function verbAt(args: readonly Argument[]): number {
  return args.findIndex((argument) => isFlag(argument) && !MODIFIERS.has(optionName(argument)))
}

function wordPiece(argument: Argument, isJob: boolean, saves: boolean): Piece {
  if (isJob) return fixedPiece(argument, '<job>', 'masked')
  if (isFlag(argument)) return fixedPiece(argument, `/${optionName(argument)}`.slice(0, 32), 'switch')
  const piece = anyPiece(argument)
  if (piece.target === null) return piece
  // what a file is saved as runs nothing yet
  return saves && piece.target.class !== 'url' ? piece : targetPiece(argument)
}

/** The job's name is the last word before the files: `/transfer name [/download] [/priority x] url file`. */
function jobAt(args: readonly Argument[], verb: number): number {
  const name = args[verb]
  return name === undefined || NAMELESS.has(optionName(name)) ? -1 : verb + 1
}

function factsOf(mode: string): RiskFact[] {
  if (FETCHING.has(mode)) return ['download']
  if (mode === 'setcustomheaders') return ['custom-headers']
  return STARTING.has(mode) ? ['launches-command'] : []
}

function read(line: CommandLine): Reading {
  const verb = verbAt(line.args)
  const name = line.args[verb]
  const mode = name === undefined ? 'none' : optionName(name)
  const job = jobAt(line.args, verb)
  const pieces = line.args.map((argument, index) => wordPiece(argument, index === job, FETCHING.has(mode)))
  const address = pieces.find((piece) => piece.target?.class === 'url')
  const target = address?.target ?? pieces.find((piece) => piece.target !== null)?.target ?? null
  const known = /^[a-z?]{1,32}$/.test(mode) ? mode : 'other'
  return { mode: known, pieces, target, facts: factsOf(mode), hosted: null }
}

/** bitsadmin: one verb on a named transfer job. */
export const bitsadmin: ToolGrammar = { slugs: ['bitsadmin.exe'], read, hosted: null }
