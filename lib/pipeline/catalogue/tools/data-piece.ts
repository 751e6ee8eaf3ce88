import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, readSwitch } from './piece'
import type { Piece } from './tool-use'

/** A word that names or holds data: nothing is run, fetched or opened of it, but that it lies in a stream beside a file, or in a shadow copy, is told. */
export function dataPiece(argument: Argument): Piece {
  const piece = anyPiece(argument)
  const facts = piece.facts.filter((fact) => fact === 'alternate-data-stream')
  return { ...piece, facts: piece.target?.class === 'shadow-copy' ? [...facts, 'shadow-copy'] : facts }
}

/** An option's name, cleaned, without dash, slash and joined value. */
export function optionName(argument: Argument): string {
  return readSwitch(argument.value)?.name ?? ''
}

/** Whether a word is a longer one cut short, of `shortest` letters at least. */
export function isShortFor(word: string, full: string, shortest = 1): boolean {
  return word.length >= shortest && full.startsWith(word)
}

const LOCAL = new Set(['', 'localhost', '127.0.0.1', '.', '::1', '%computername%', '<host>'])

/** Whether a name, cleaned, means the host itself. */
export function isLocalHost(name: string): boolean {
  return LOCAL.has(name.replace(/^\\\\/, ''))
}

/** The option, by its name, whose value a word is that stands behind it with a blank between (`/pass word`); '' = none. */
export function optionBefore(args: readonly Argument[], at: number): string {
  const before = args[at - 1]
  if (before === undefined) return ''
  return /[:=]"?./s.test(cleanText(before.value)) ? '' : optionName(before)
}

export function secretPiece(argument: Argument): Piece {
  return fixedPiece(argument, '<secret>', 'masked')
}
