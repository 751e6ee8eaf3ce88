import { MAX_ANALYSED, splitCommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { isUrl } from '@/lib/pipeline/normalise/command-line/url'

export type PartKind = 'executable' | 'switch' | 'path' | 'url' | 'masked' | 'text'

/** A stretch of a command line, end exclusive; `placeholder`: what its pattern has there, because it varies. */
export type Part = { start: number; end: number; kind: PartKind; placeholder?: string }

const SWITCH = /^["']?(?:--?|\/)[A-Za-z?]/
const PATH = /^["']?(?:[A-Za-z]:[\\/]|\\\\|%[^%]+%[\\/]|\.{1,2}[\\/]|<[a-z-]+>\\)/
/** What normalisation puts in the place of what varies. */
const MASK = /^<[a-z0-9-]+>$/

/** The executable and arguments of a command line as Windows splits it, each with what it looks like. */
export function toParts(commandLine: string, image = ''): Part[] {
  const { text, executable, args } = splitCommandLine(commandLine.slice(0, MAX_ANALYSED), image)
  const parts: Part[] = executable
    ? [{ start: executable.start, end: executable.end, kind: 'executable' }]
    : []
  for (const { value, start, end } of args)
    parts.push({ start, end, kind: kindOf(value, text.slice(start, end)) })
  return parts
}

function kindOf(value: string, written: string): PartKind {
  if (isUrl(value)) return 'url'
  if (MASK.test(value)) return 'masked'
  if (PATH.test(written)) return 'path'
  return SWITCH.test(written) ? 'switch' : 'text'
}
