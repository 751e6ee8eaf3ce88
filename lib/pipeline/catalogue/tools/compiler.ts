import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, targetPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'

/**
 * .NET itself compiles by a response file in a temporary folder, many times a day: that file is named, not judged. Whoever names the source
 * in the command line is judged by where it lies.
 */
function read(line: CommandLine): Reading {
  const words = line.args.map((argument) => cleanText(argument.value))
  const response = words.findIndex((word) => word.startsWith('@'))
  const source = line.args.findIndex((argument) => !argument.value.startsWith('@') && !isFlag(argument))
  const pieces = line.args.map((argument, index) =>
    index === source ? targetPiece(argument) : anyPiece(argument),
  )
  const at = response >= 0 ? response : source
  const target = pieces[at]?.target ?? null
  const mode = response >= 0 ? 'response-file' : source >= 0 ? 'source' : 'none'
  return { mode, pieces, target, facts: [], hosted: null }
}

/** csc, vbc, jsc, ilasm: compile what a response file lists, or the sources named. */
export const compiler: ToolGrammar = {
  slugs: ['csc.exe', 'vbc.exe', 'jsc.exe', 'ilasm.exe'],
  read,
  hosted: null,
}
