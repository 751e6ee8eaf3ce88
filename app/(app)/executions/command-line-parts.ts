import { maskedSpans } from '@/lib/pipeline/catalogue/tools/masked-spans'
import { recordedParts } from '@/lib/pipeline/catalogue/tools/recorded-parts'

/** Stretches of a command line as the tool's own grammar reads it, for CommandLine. */
export type CommandLineParts = {
  start: number
  end: number
  kind: 'executable' | 'switch' | 'path' | 'url' | 'masked' | 'text'
  placeholder?: string
}[]

/** Read on the server: the grammars stay out of the page's scripts. What the pattern leaves open is a stretch of its own. */
export function commandLineParts(
  { slug, host }: { slug: string; host: string },
  { commandLine, image }: { commandLine: string | null; image: string },
): CommandLineParts {
  return recordedParts({ slug, host, image, commandLine }).flatMap((part) => {
    const kind = part.kind === 'value' ? 'text' : part.kind
    const spans = maskedSpans(commandLine ?? '', part)
    const pieces: CommandLineParts = []
    let at = part.start
    for (const span of spans) {
      if (span.start > at) pieces.push({ start: at, end: span.start, kind })
      pieces.push({ ...span, kind })
      at = span.end
    }
    if (at < part.end)
      pieces.push({ start: at, end: part.end, kind: spans.length > 0 && kind === 'masked' ? 'text' : kind })
    return pieces
  })
}
