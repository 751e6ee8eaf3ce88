import { removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import { type Argument, splitArguments } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { withoutSecrets } from './command-secrets'
import { launchedPieces } from './launched-loader'
import { targetPiece } from './piece'
import type { Piece, RiskFact } from './tool-use'

const WORDS_MAX = 12

/** Searches of files' contents for what lets somebody in (ATT&CK T1552.001). */
const SEEKS_PASSWORDS =
  /\b(?:findstr|find|select-string|sls)\b.{0,256}(?:passw|pwd\b|connectionstring|credential|apikey|api_key|secret)/i

/** A command that a tool is told to start, as one argument: its program is the target, its arguments are masked words. */
export function commandPiece(argument: Argument): Piece {
  const [program, ...rest] = splitArguments(removeCarets(argument.value), 0)
  const span = { start: argument.start, end: argument.end, kind: 'value' as const }
  if (program === undefined) return { ...span, text: '""', facts: [], target: null }
  const started = targetPiece(program)
  const words = launchedPieces(program, rest.slice(0, WORDS_MAX))
  const seeks: RiskFact[] = SEEKS_PASSWORDS.test(argument.value) ? ['seeks-passwords'] : []
  return {
    ...span,
    text: withoutSecrets([started, ...words].map((piece) => piece.text)).join(' '),
    facts: ['launches-command', ...started.facts, ...words.flatMap((piece) => piece.facts), ...seeks],
    target: started.target,
  }
}

/** CreateProcess finds `C:\Program Files\a b.exe -x` without quotes. */
const UNQUOTED = /^[a-z]:\\[^"]{1,256}?\.(?:exe|com|bat|cmd)(?=\s|$)/i

/** A command whose program is quoted if there are blanks in its path, as it is started. */
export function quoteProgram(command: string): string {
  const program = UNQUOTED.exec(command)?.[0]
  return program?.includes(' ') === true ? `"${program}"${command.slice(program.length)}` : command
}
