import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { isStrangersAddress } from './location-facts'
import { anyPiece, isFlag, targetPiece } from './piece'
import type { Reading, RiskFact, ToolGrammar } from './tool-use'

const SCRIPT = /^[-/]s:(.+)$/s

/** A script of ftp commands can start programs with `!`; with a server to talk to it is most likely a transfer. */
function read(line: CommandLine): Reading {
  const script = line.args.findIndex((argument) => SCRIPT.test(cleanText(argument.value)))
  const pieces = line.args.map((argument, index) => {
    if (index !== script) return anyPiece(argument)
    const file = targetPiece({ ...argument, value: SCRIPT.exec(cleanText(argument.value))?.[1] ?? '' })
    return { ...file, text: `/s:${file.text}` }
  })
  const hasServer = line.args.some((argument) => !isFlag(argument))
  const target = pieces[script]?.target ?? null
  const address: RiskFact[] = line.args.some(({ value }) => isStrangersAddress(cleanText(value)))
    ? ['address-host']
    : []
  if (script < 0) return { mode: 'interactive', pieces, target: null, facts: [], hosted: null }
  return {
    mode: hasServer ? 'transfer-script' : 'script',
    pieces,
    target,
    facts: hasServer ? address : ['launches-command'],
    hosted: null,
  }
}

/** ftp: `-s:file` runs a script of its commands. */
export const ftp: ToolGrammar = { slugs: ['ftp.exe'], read, hosted: null }
