import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { resolveConsole } from './known-libraries'
import { readSingleTarget, type SingleTarget } from './single-target'
import type { Reading, ToolGrammar } from './tool-use'

const GRAMMAR: SingleTarget = {
  extensions: new Set(['msc']),
  modeOf: (switches) => (switches.includes('/embedding') ? 'embedding' : 'console'),
}

function read(line: CommandLine): Reading {
  const args = line.args.map((argument) => ({
    ...argument,
    value: resolveConsole(cleanText(argument.value)),
  }))
  const reading = readSingleTarget({ ...line, args }, GRAMMAR)
  return reading.mode === 'embedding' ? { ...reading, facts: [...reading.facts, 'com-object'] } : reading
}

/** mmc: a console file, or a COM server others can drive (`-Embedding`). */
export const mmc: ToolGrammar = { slugs: ['mmc.exe'], read, hosted: null }
