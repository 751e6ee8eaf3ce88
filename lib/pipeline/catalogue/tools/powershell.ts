import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, scriptPiece, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, ToolGrammar } from './tool-use'

const FILE = /^[-/]f(?:i|il|ile)?$/
const ENCODED = /^[-/]e(?:c|n|nc|nco|ncod|ncode|ncoded|ncodedc[a-z]{0,10})?$/
const COMMAND = /^[-/]c(?:o|om|omm|omma|omman|ommand)?$/
/** Looked for where a name may begin, and not in each place of one: a line of 32,000 odd characters would take half a second. */
const SCRIPT_NAME = /(?<![^\s\\/"'&;()|<>:*?])[^\s\\/"'&;()|<>:*?]{1,255}\.(?:ps1|psm1|bat|cmd)\b/

function head(line: CommandLine, end: number): Piece[] {
  return line.args
    .slice(0, end)
    .map((argument) => (isFlag(argument) ? switchPiece(argument) : anyPiece(argument)))
}

function readFile(line: CommandLine, at: number): Reading {
  const file = line.args[at]
  const opened = file === undefined ? [] : [targetPiece(file)]
  const target = opened[0]?.target ?? null
  const pieces = [...head(line, at), ...opened, ...line.args.slice(at + 1).map(anyPiece)]
  return { mode: 'file', pieces, target, facts: [], hosted: target?.name ?? null }
}

function readCommand(line: CommandLine, at: number): Reading {
  const start = line.args[at]?.start ?? line.text.length
  const value = line.text.slice(start)
  const script = value === '' ? [] : [scriptPiece({ value, start, end: line.text.length })]
  const hosted = SCRIPT_NAME.exec(cleanText(value))?.[0] ?? null
  return { mode: 'command', pieces: [...head(line, at), ...script], target: null, facts: [], hosted }
}

function read(line: CommandLine): Reading {
  const words = line.args.map((argument) => cleanText(argument.value))
  const encoded = words.findIndex((word) => ENCODED.test(word))
  if (encoded >= 0) {
    return {
      mode: 'encoded',
      pieces: head(line, line.args.length),
      target: null,
      facts: ['inline-script', 'obfuscated'],
      hosted: null,
    }
  }
  const file = words.findIndex((word) => FILE.test(word))
  if (file >= 0) return readFile(line, file + 1)
  const command = words.findIndex((word) => COMMAND.test(word))
  if (command >= 0) return readCommand(line, command + 1)
  const bare = words.findIndex((word) => SCRIPT_NAME.test(word))
  if (bare >= 0) return readFile(line, bare)
  return {
    mode: words.length === 0 ? 'interactive' : 'other',
    pieces: head(line, line.args.length),
    target: null,
    facts: [],
    hosted: null,
  }
}

/** powershell: what script it hosts, for catalogue entries that are scripts. */
export const powershell: ToolGrammar = { slugs: ['powershell.exe', 'pwsh.exe'], read }
