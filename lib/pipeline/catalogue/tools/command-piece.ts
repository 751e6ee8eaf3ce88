import { removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import { type Argument, splitArguments } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { launchedPieces } from './launched-loader'
import { targetPiece } from './piece'
import type { Piece } from './tool-use'

const WORDS_MAX = 12

/** A command that a tool is told to start, as one argument: its program is the target, its arguments are masked words. */
export function commandPiece(argument: Argument): Piece {
  const [program, ...rest] = splitArguments(removeCarets(argument.value), 0)
  const span = { start: argument.start, end: argument.end, kind: 'value' as const }
  if (program === undefined) return { ...span, text: '""', facts: [], target: null }
  const started = targetPiece(program)
  const words = launchedPieces(program, rest.slice(0, WORDS_MAX))
  return {
    ...span,
    text: [started, ...words].map((piece) => piece.text).join(' '),
    facts: ['launches-command', ...started.facts, ...words.flatMap((piece) => piece.facts)],
    target: started.target,
  }
}
