import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, isShortFor, optionBefore, optionName, secretPiece } from './data-piece'
import { fixedPiece, isFlag } from './piece'
import type { Piece, Reading, ToolGrammar } from './tool-use'

const VERBS: readonly string[] = ['list', 'add', 'generic', 'delete']
/** Of whom a credential is for the service is told, the host is not. */
const SERVICE = /[:=]"?([a-z]{2,16}\/)/

function verbOf(argument: Argument): string | null {
  const name = optionName(argument)
  return VERBS.find((verb) => isShortFor(name, verb)) ?? null
}

const OPTIONS: readonly string[] = ['user', 'pass', 'smartcard', 'ras', ...VERBS]

/** What stands behind `/pass` or `/user` with a blank between is their value, unless it is an option of cmdkey's. */
function valuePiece(argument: Argument, at: number, args: readonly Argument[]): Piece | null {
  const name = optionName(argument)
  const option = optionBefore(args, at)
  if (OPTIONS.some((one) => isShortFor(name, one))) return null
  if (isShortFor(option, 'password')) return secretPiece(argument)
  return isShortFor(option, 'user') ? fixedPiece(argument, '<account>', 'masked') : null
}

function wordPiece(argument: Argument, at: number, args: readonly Argument[]): Piece {
  const name = optionName(argument)
  const verb = verbOf(argument)
  const value = valuePiece(argument, at, args)
  if (value !== null) return value
  const clean = cleanText(argument.value)
  const isJoined = /[:=]/.test(clean)
  if (isShortFor(name, 'password')) return fixedPiece(argument, '/pass:<secret>', 'masked')
  if (isShortFor(name, 'user')) return fixedPiece(argument, '/user:<account>', 'masked')
  if (verb === null)
    return isFlag(argument) ? fixedPiece(argument, `/${name}`.slice(0, 32), 'switch') : dataPiece(argument)
  const service = SERVICE.exec(clean)?.[1] ?? ''
  return fixedPiece(
    argument,
    isJoined ? `/${verb}:${service}<host>` : `/${verb}`,
    isJoined ? 'masked' : 'switch',
  )
}

function read(line: CommandLine): Reading {
  const verb = line.args.map(verbOf).find((one) => one !== null) ?? null
  const mode = verb ?? (line.args.length === 0 ? 'none' : 'other')
  return {
    mode,
    pieces: line.args.map(wordPiece),
    target: null,
    // that it lists names and accounts, no secrets, help desks ask every day
    facts: [],
    hosted: null,
  }
}

/** cmdkey: lists, adds or deletes what Windows keeps to sign in elsewhere. */
export const cmdkey: ToolGrammar = { slugs: ['cmdkey.exe'], read, hosted: null }
