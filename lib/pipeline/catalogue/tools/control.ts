import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { appletFacts, resolveApplet } from './known-libraries'
import { anyPiece, fixedPiece, isFlag, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, ToolGrammar } from './tool-use'

const KEYWORD = /^[a-z][a-z0-9]{2,24}$/

function readApplet(argument: Argument, rest: readonly Argument[]): Reading {
  const [file = '', ...numbers] = cleanText(argument.value).split(',')
  const opened = targetPiece({ ...argument, value: resolveApplet(file) })
  const applet: Piece = { ...opened, text: [opened.text, ...numbers.map(mask)].join(',') }
  const { target } = applet
  const pieces = [applet, ...rest.map(anyPiece)]
  return {
    mode: 'applet',
    pieces,
    target,
    facts: appletFacts(target),
    hosted: target?.name ?? null,
  }
}

function read(line: CommandLine): Reading {
  const [first, ...rest] = line.args
  if (first === undefined) return { mode: 'none', pieces: [], target: null, facts: [], hosted: null }
  const clean = cleanText(first.value)
  if (isFlag(first)) {
    const pieces = [switchPiece(first), ...rest.map(anyPiece)]
    return {
      mode: clean.slice(1) === 'name' ? 'named-item' : 'other',
      pieces,
      target: null,
      facts: [],
      hosted: null,
    }
  }
  if (!KEYWORD.test(clean)) return readApplet(first, rest)
  const pieces = [fixedPiece(first, clean, 'value'), ...rest.map(anyPiece)]
  return { mode: 'keyword', pieces, target: null, facts: [], hosted: null }
}

/** control: an item by name, a keyword, or an applet file, which is a library. */
export const control: ToolGrammar = { slugs: ['control.exe'], read }
