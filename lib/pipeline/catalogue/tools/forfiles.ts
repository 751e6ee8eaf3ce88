import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece } from './command-piece'
import { anyPiece, isFlag, switchPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'

/** What it is made for: a built-in command of the shell on every file found. */
const HOUSEKEEPING =
  /^"?(?:\S{0,64}\\)?cmd(?:\.exe)?"?\s{1,8}\/[cr]\s{1,8}"?(?:del|erase|echo|copy|move|ren|rename|rd|rmdir|if|attrib|type|compact)\b(?!.*[&|])/

/** Without /c, forfiles only lists names. */
function read(line: CommandLine): Reading {
  const option = line.args.findIndex((argument) => /^[-/]c$/.test(cleanText(argument.value)))
  const command = option < 0 ? undefined : line.args[option + 1]
  const pieces = line.args.map((argument) => {
    if (argument === command) return commandPiece(argument)
    return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
  })
  const piece = option < 0 ? undefined : pieces[option + 1]
  const target = piece?.target ?? null
  if (piece !== undefined && command !== undefined && HOUSEKEEPING.test(cleanText(command.value)))
    piece.facts = piece.facts.filter((fact) => fact !== 'launches-command')
  return { mode: target === null ? 'list' : 'launch', pieces, target, facts: [], hosted: null }
}

/** forfiles: `/p folder /m mask /c "command"` starts a command for every file found. */
export const forfiles: ToolGrammar = { slugs: ['forfiles.exe'], read, hosted: null }
