import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, oddExtension, switchPiece, targetPiece } from './piece'
import type { Reading } from './tool-use'

export type SingleTarget = {
  /** Extensions the tool is meant for. */
  extensions: ReadonlySet<string>
  /** The tool's verb, from the names of its switches (lower case, `/`-prefixed). */
  modeOf: (switches: readonly string[]) => string
}

function switchName(argument: Argument): string {
  return cleanText(argument.value)
    .replace(/^--?/, '/')
    .replace(/[:=].*$/s, '')
}

/** Tools of the form `[switches] file`: the first word that is no switch is what they run, the others are extra words. */
export function readSingleTarget(line: CommandLine, { extensions, modeOf }: SingleTarget): Reading {
  const file = line.args.find((argument) => !isFlag(argument))
  const pieces = line.args.map((argument) => {
    if (argument === file) return targetPiece(argument)
    return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
  })
  const target = pieces.find((piece) => piece.start === file?.start)?.target ?? null
  const mode = modeOf(line.args.filter(isFlag).map(switchName))
  return {
    mode: target === null && mode !== 'embedding' ? 'none' : mode,
    pieces,
    target,
    facts: oddExtension(target, extensions),
    hosted: null,
  }
}
