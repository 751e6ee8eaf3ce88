import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece } from './command-piece'
import { anyPiece, isFlag, switchPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'

/** Without /c, forfiles only lists names. */
function read(line: CommandLine): Reading {
  const option = line.args.findIndex((argument) => /^[-/]c$/.test(cleanText(argument.value)))
  const command = option < 0 ? undefined : line.args[option + 1]
  const pieces = line.args.map((argument) => {
    if (argument === command) return commandPiece(argument)
    return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
  })
  const target = option < 0 ? null : (pieces[option + 1]?.target ?? null)
  return { mode: target === null ? 'list' : 'launch', pieces, target, facts: [], hosted: null }
}

/** forfiles: `/p folder /m mask /c "command"` starts a command for every file found. */
export const forfiles: ToolGrammar = { slugs: ['forfiles.exe'], read }
