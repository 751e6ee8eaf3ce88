import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, isFlag } from './piece'
import type { Piece } from './tool-use'

/** A word that names or holds data: nothing is run, fetched or opened of it, but that it lies in a stream beside a file is told. */
export function dataPiece(argument: Argument): Piece {
  const piece = anyPiece(argument)
  return { ...piece, facts: piece.facts.filter((fact) => fact === 'alternate-data-stream') }
}

/** An option's name, cleaned, without dash, slash and joined value. */
export function optionName(argument: Argument): string {
  return isFlag(argument)
    ? cleanText(argument.value)
        .replace(/^[-/]{1,2}/, '')
        .replace(/[:=].*$/s, '')
    : ''
}

const LOCAL = new Set(['', 'localhost', '127.0.0.1', '.', '::1', '%computername%', '<host>'])

/** Whether a name, cleaned, means the host itself. */
export function isLocalHost(name: string): boolean {
  return LOCAL.has(name.replace(/^\\\\/, ''))
}

export function secretPiece(argument: Argument): Piece {
  return fixedPiece(argument, '<secret>', 'masked')
}
