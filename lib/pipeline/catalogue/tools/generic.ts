import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, targetPiece } from './piece'
import type { Piece, Reading } from './tool-use'

const VERB = /^[-/]{0,2}[a-z][a-z0-9_-]{1,23}$/

/** The first plain word or option names what a tool is asked to do in nearly every command syntax. */
function verbOf(args: readonly Argument[]): string {
  for (const { value } of args) {
    const word = cleanText(value).replace(/[:=].*$/s, '')
    if (VERB.test(word) && mask(word) === word) return word.replace(/^[-/]+/, '/')
  }
  return args.length === 0 ? 'none' : 'other'
}

/** Where a word leads counts as where code lies; what an option names is only named. */
function asExecuted(piece: Piece, argument: Argument | undefined): Piece {
  if (argument === undefined || isFlag(argument)) return piece
  return { ...piece, facts: targetPiece(argument).facts }
}

/** Any tool without a grammar of its own: every word masked by itself, the first path or address is the target. */
export function readGeneric(line: CommandLine): Reading {
  const words = line.args.map(anyPiece)
  const first = words.findIndex((piece) => piece.target !== null)
  const pieces = words.map((piece, at) => (at === first ? asExecuted(piece, line.args[at]) : piece))
  return { mode: verbOf(line.args), pieces, target: words[first]?.target ?? null, facts: [], hosted: null }
}
