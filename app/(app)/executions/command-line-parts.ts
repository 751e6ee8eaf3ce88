import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'

/** Stretches of a command line as the tool's own grammar reads it, for CommandLine. */
export type CommandLineParts = {
  start: number
  end: number
  kind: 'executable' | 'switch' | 'path' | 'url' | 'masked' | 'text'
}[]

/** Read on the server: the grammars stay out of the page's scripts. */
export function commandLineParts(slug: string, commandLine: string | null, image: string): CommandLineParts {
  const parts = readToolUse(slug, commandLine, image)?.parts ?? []
  return parts.map(({ start, end, kind }) => ({ start, end, kind: kind === 'value' ? 'text' : kind }))
}
