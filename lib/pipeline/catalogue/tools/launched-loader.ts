import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, oddExtension, targetPiece } from './piece'
import { executedWord, isBuiltIn } from './shell-command'
import type { Piece } from './tool-use'

const LIBRARIES = ['dll', 'ocx', 'cpl', 'ax', 'drv']
const ASSEMBLIES = ['dll', 'exe']
/** What runs the file that it is given, and the extensions that this may have; null = its grammar has more to say of them. */
const LOADERS: ReadonlyMap<string, ReadonlySet<string> | null> = new Map([
  ['regsvr32', new Set(LIBRARIES)],
  ['odbcconf', new Set([...LIBRARIES, 'rsp'])],
  ['regasm', new Set(ASSEMBLIES)],
  ['regsvcs', new Set(ASSEMBLIES)],
  ['installutil', new Set(ASSEMBLIES)],
  ['rundll32', null],
])

/** A shell executes one of its words, so where that lies counts; what it does itself executes none. */
function shellPieces(name: string, args: readonly Argument[]): Piece[] {
  const words = args.map(({ value }) => cleanText(value))
  const executed = executedWord(name, words)
  if (executed === null || isBuiltIn(executed)) return args.map(anyPiece)
  const at = words.findIndex((word) => word.includes(executed))
  return args.map((argument, index) => {
    const piece = anyPiece(argument)
    return index === at
      ? { ...piece, facts: [...piece.facts, ...targetPiece({ ...argument, value: executed }).facts] }
      : piece
  })
}

/**
 * The arguments of a program that a tool is told to start. Of a loader that is started so, the file that it is to load counts as if the loader had been started itself:
 * `regsvr32` handed on by `rundll32` runs the same library. So with what a shell is told to execute.
 */
export function launchedPieces(program: Argument, args: readonly Argument[]): Piece[] {
  const name = fileName(cleanText(program.value))
  const expected = LOADERS.get(name.replace(/\.exe$/, ''))
  if (expected === undefined) return shellPieces(name, args)
  return args.map((argument) => {
    const piece = anyPiece(argument)
    if (piece.kind !== 'path' || isFlag(argument)) return piece
    // `{regsvr file}` is odbcconf's way to name an action
    const { facts, target } = targetPiece({ ...argument, value: argument.value.replace(/[}"]+$/, '') })
    return { ...piece, facts: [...facts, ...(expected === null ? [] : oddExtension(target, expected))] }
  })
}
