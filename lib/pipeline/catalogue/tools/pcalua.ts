import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { launchedPieces } from './launched-loader'
import { anyPiece, isFlag, switchPiece, targetPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'

/** What follows `-c`, up to the next option of the assistant's own, is the program's. */
function argumentsOf(names: readonly string[]): { from: number; to: number } {
  const from = names.indexOf('/c') + 1
  const next = names.findIndex((name, at) => at >= from && /^\/[ad]$/.test(name))
  return from === 0 ? { from: 0, to: 0 } : { from, to: next === -1 ? names.length : next }
}

function read(line: CommandLine): Reading {
  const names = line.args.map((argument) => cleanText(argument.value).replace(/^[-/]/, '/'))
  const program = names.indexOf('/a') + 1
  const { from, to } = argumentsOf(names)
  const started = program === 0 ? undefined : line.args[program]
  const handed = started === undefined ? [] : launchedPieces(started, line.args.slice(from, to))
  const pieces = line.args.map((argument, index) => {
    if (program > 0 && index === program) return targetPiece(argument)
    if (index >= from && index < to) return handed[index - from] ?? anyPiece(argument)
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
