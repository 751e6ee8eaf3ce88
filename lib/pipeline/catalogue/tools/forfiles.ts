import { cleanText, removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import {
  type Argument,
  type CommandLine,
  splitArguments,
} from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece } from './command-piece'
import { anyPiece, isFlag, switchPiece } from './piece'
import { executedWord, isBuiltIn } from './shell-command'
import type { Reading, RiskFact, ToolGrammar } from './tool-use'

/** The file that was found, in the place of a program. */
const FOUND = /^@(?:file|path|fname|relpath)\b/
const CHAINS = /[&|]/

/** What is executed for every file: the program, or what a shell is told to; null = a built-in command of the shell. */
function executed(command: Argument): string | null {
  const [program = '', ...words] = splitArguments(removeCarets(command.value), 0).map(({ value }) =>
    cleanText(value),
  )
  const word = executedWord(fileName(program), words)
  if (word === null) return program
  // housekeeping is what it is made for
  return isBuiltIn(word) && !CHAINS.test(command.value) ? null : word
}

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
  if (piece === undefined || command === undefined || target === null)
    return { mode: 'list', pieces, target, facts: [], hosted: null }
  const program = executed(command)
  const runsFound = FOUND.test(program ?? '')
  if (program === null || runsFound) piece.facts = piece.facts.filter((fact) => fact !== 'launches-command')
  const facts: RiskFact[] = runsFound ? ['launches-program'] : []
  return { mode: runsFound ? 'run-found' : 'launch', pieces, target, facts, hosted: null }
}

/** forfiles: `/p folder /m mask /c "command"` starts a command for every file found. */
export const forfiles: ToolGrammar = { slugs: ['forfiles.exe'], read, hosted: null }
