import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, switchPiece, targetPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'

function read(line: CommandLine): Reading {
  const names = line.args.map((argument) => cleanText(argument.value).replace(/^[-/]/, '/'))
  const program = names.indexOf('/a') + 1
  const pieces = line.args.map((argument, index) => {
    if (program > 0 && index === program) return targetPiece(argument)
    return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
  })
  const target = pieces[program]?.target ?? null
  if (program === 0 || target === null)
    return { mode: 'other', pieces, target: null, facts: [], hosted: null }
  // the assistant itself names the folder to start in, too
  const mode = names.includes('/d') ? 'assist' : 'launch'
  return { mode, pieces, target, facts: ['launches-command'], hosted: null }
}

/** pcalua: `-a program [-c arguments] [-d folder]` starts a program for the compatibility assistant. */
export const pcalua: ToolGrammar = { slugs: ['pcalua.exe'], read, hosted: null }
