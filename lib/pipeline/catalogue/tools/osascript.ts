import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, oddExtension, scriptPiece, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const SCRIPTS: ReadonlySet<string> = new Set(['scpt', 'applescript', 'scptd', 'js', 'jxa'])
const SHELL = /do shell script|doshellscript|\$\.system\b|nstask/
/** Options with a value of their own. */
const VALUED = new Set(['-l', '-s', '-o'])

function inlineScript(line: CommandLine, option: number): Reading {
  const head = line.args.slice(0, option + 1).map((argument) => optionPiece(argument))
  const start = line.args[option + 1]?.start ?? line.text.length
  const value = line.text.slice(start)
  const script = value === '' ? [] : [scriptPiece({ value, start, end: line.text.length })]
  const facts: RiskFact[] = SHELL.test(cleanText(value)) ? ['launches-command'] : []
  return { mode: 'inline-script', pieces: [...head, ...script], target: null, facts, hosted: null }
}

function optionPiece(argument: Argument): Piece {
  return fixedPiece(argument, cleanText(argument.value).slice(0, 32), 'switch')
}

function scriptIndex(words: readonly string[]): number {
  return words.findIndex(
    (word, index) => (word === '-' || !word.startsWith('-')) && !VALUED.has(words[index - 1] ?? ''),
  )
}

function read(line: CommandLine): Reading {
  const words = line.args.map((argument) => cleanText(argument.value))
  const script = scriptIndex(words)
  const option = words.indexOf('-e')
  if (option >= 0 && (script < 0 || option < script)) return inlineScript(line, option)
  const head = line.args.slice(0, script < 0 ? undefined : script).map(optionPiece)
  const file = script < 0 ? undefined : line.args[script]
  if (file === undefined)
    return { mode: 'standard-input', pieces: head, target: null, facts: [], hosted: null }
  const rest = line.args.slice(script + 1).map(anyPiece)
  if (file.value === '-') {
    return {
      mode: 'standard-input',
      pieces: [...head, fixedPiece(file, '-', 'value'), ...rest],
      target: null,
      facts: [],
      hosted: null,
    }
  }
  const opened = targetPiece(file)
  const facts = oddExtension(opened.target, SCRIPTS)
  return {
    mode: 'file',
    pieces: [...head, opened, ...rest],
    target: opened.target,
    facts,
    hosted: opened.target?.name ?? null,
  }
}

/** osascript: `-e` statements, a script file, or standard input; `-l` names the language. */
export const osascript: ToolGrammar = { slugs: ['osascript'], read }
