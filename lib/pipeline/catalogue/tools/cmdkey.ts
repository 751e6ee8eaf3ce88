import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, optionName } from './data-piece'
import { fixedPiece, isFlag } from './piece'
import type { Piece, Reading, ToolGrammar } from './tool-use'

const VERBS: readonly string[] = ['list', 'add', 'generic', 'delete']
/** Of whom a credential is for the service is told, the host is not. */
const SERVICE = /[:=]"?([a-z]{2,16}\/)/

function verbOf(argument: Argument): string | null {
  const name = optionName(argument)
  return VERBS.find((verb) => name !== '' && verb.startsWith(name)) ?? null
}

function wordPiece(argument: Argument): Piece {
  const name = optionName(argument)
  const verb = verbOf(argument)
  const clean = cleanText(argument.value)
  const isJoined = /[:=]/.test(clean)
  if (name === 'pass') return fixedPiece(argument, '/pass:<secret>', 'masked')
  if (name === 'user') return fixedPiece(argument, '/user:<account>', 'masked')
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
    facts: mode === 'list' ? ['credential-store'] : [],
    hosted: null,
  }
}

/** cmdkey: lists, adds or deletes what Windows keeps to sign in elsewhere. */
export const cmdkey: ToolGrammar = { slugs: ['cmdkey.exe'], read, hosted: null }
