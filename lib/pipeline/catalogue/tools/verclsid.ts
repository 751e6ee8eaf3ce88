import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece } from './piece'
import type { Reading, ToolGrammar } from './tool-use'

const CLSID = /^\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}$/

/** The class is the behaviour, so it stays. Explorer always names the interface it wants as well (/i). */
function read(line: CommandLine): Reading {
  const names = line.args.map((argument) => cleanText(argument.value))
  const pieces = line.args.map((argument, index) => {
    const name = names[index] ?? ''
    return CLSID.test(name) ? fixedPiece(argument, name, 'value') : anyPiece(argument)
  })
  const hasClass = names.some((name) => CLSID.test(name))
  const verifies = names.some((name) => /^[-/]i$/.test(name))
  if (!hasClass) return { mode: 'none', pieces, target: null, facts: [], hosted: null }
  return {
    mode: verifies ? 'verify' : 'load',
    pieces,
    target: null,
    facts: verifies ? [] : ['com-class'],
    hosted: null,
  }
}

/** verclsid: loads a COM class to see whether it offers an interface. */
export const verclsid: ToolGrammar = { slugs: ['verclsid.exe'], read, hosted: null }
