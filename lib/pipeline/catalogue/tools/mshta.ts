import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, oddExtension, scriptPiece, switchPiece, targetPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'
import { joinUnquotedFile } from './unquoted-file'

const PAGES: ReadonlySet<string> = new Set(['hta', 'htm', 'html'])
const UNQUOTED = /^[^"]{1,260}?\.(?:hta|html?)(?=\s|$)/i
const INLINE = /^["'\s]{0,8}(?:javascript|vbscript|jscript|about|data):/

function readPage(page: Argument, rest: readonly Argument[]): Reading {
  const opened = targetPiece(page)
  const mode = opened.target?.class === 'url' ? 'url' : 'file'
  const facts = mode === 'url' ? [] : oddExtension(opened.target, PAGES)
  return {
    mode,
    pieces: [opened, ...rest.map(anyPiece)],
    target: opened.target,
    facts,
    hosted: opened.target?.name ?? null,
  }
}

function read(line: CommandLine): Reading {
  const tail = { value: line.text.slice(line.tailStart), start: line.tailStart, end: line.text.length }
  if (INLINE.test(cleanText(tail.value.slice(0, 64)))) {
    return { mode: 'inline-script', pieces: [scriptPiece(tail)], target: null, facts: [], hosted: null }
  }
  const [first, ...rest] = joinUnquotedFile(line, UNQUOTED).args
  if (first === undefined) return { mode: 'none', pieces: [], target: null, facts: [], hosted: null }
  if (!isFlag(first)) return readPage(first, rest)
  const embedding = cleanText(first.value).endsWith('embedding')
  return {
    mode: embedding ? 'embedding' : 'other',
    pieces: [switchPiece(first), ...rest.map(anyPiece)],
    target: null,
    facts: embedding ? ['com-object'] : [],
    hosted: null,
  }
}

/** mshta: an inline script, an address or a file, taken from the raw tail. */
export const mshta: ToolGrammar = { slugs: ['mshta.exe'], read }
