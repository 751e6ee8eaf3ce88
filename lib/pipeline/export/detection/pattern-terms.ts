import { type MaskedSpan, maskedSpans } from '@/lib/pipeline/catalogue/tools/masked-spans'
import { type Recorded, recordedParts } from '@/lib/pipeline/catalogue/tools/recorded-parts'
import type { Part } from '@/lib/pipeline/catalogue/tools/tool-use'

/** An execution as recorded; null = not reported. */
export type RecordedExecution = Recorded & { originalFileName: string | null; parentImage: string | null }

/** What other executions of the same pattern share with one, as texts that occur in it word for word: compare without regard to case. */
export type PatternTerms = {
  /** End of the image's path, with its separator. */
  image: string
  originalFileName: string | null
  /** End of the parent's path, with its separator. */
  parent: string | null
  /** All of them stand in the command line. */
  terms: readonly string[]
  /** The whole command line, where it has no such terms; null = it has, or none was reported. */
  commandLine: string | null
}

const SHORTEST = 3
const LONGEST = 200
const MOST = 12
/** Folders that say where something lies without naming a person, a program or a run. */
const TELLING_FOLDER =
  /\\(?:AppData\\(?:Local\\Temp|LocalLow|Local|Roaming)|Downloads|Desktop|Documents|Windows\\(?:Temp|Tasks)|ProgramData|Users\\Public|Program Files(?: \(x86\))?|Windows\\System32|Windows\\SysWOW64)\\/i
const PLACEHOLDERS_BUT_FOLDER = /(?!^)<[a-z0-9-]{1,24}>|\*/
/** What no rule's file can hold: NUL and halves of characters. */
const UNWRITABLE = /[\0\p{Cs}]/u

/** What a detection of an execution's pattern looks for. It always finds the execution itself. */
export function patternTerms(execution: RecordedExecution): PatternTerms {
  const { image, originalFileName, commandLine, parentImage } = execution
  const terms = fewest(
    recordedParts(execution)
      .filter(({ kind }) => kind !== 'executable')
      .flatMap((part) => termsOf(commandLine ?? '', part)),
  )
  return {
    image: fileEnd(image),
    originalFileName: writable(originalFileName),
    parent: parentImage === null ? null : fileEnd(parentImage),
    terms,
    commandLine: terms.length > 0 ? null : writable(commandLine),
  }
}

/** `\name`, or the name alone where it was recorded without a folder. */
function fileEnd(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'), 0))
  return name.split(UNWRITABLE).at(-1) ?? ''
}

function writable(text: string | null): string | null {
  return text === null || text === '' || UNWRITABLE.test(text) ? null : text
}

/** What stays of a part: all of it, or what lies between the stretches that its pattern leaves open. */
function termsOf(commandLine: string, part: Part): string[] {
  const spans = maskedSpans(commandLine, part)
  // the pattern writes it in other words: which of it varies, nobody can say
  if (spans.length === 0 && PLACEHOLDERS_BUT_FOLDER.test(part.text)) return []
  const stretches: string[] = []
  let at = part.start
  for (const span of spans) {
    stretches.push(commandLine.slice(at, span.start), ...folderOf(commandLine, span))
    at = span.end
  }
  stretches.push(commandLine.slice(at, part.end))
  return stretches.flatMap((stretch) => stretch.split(UNWRITABLE)).map(withoutQuotes)
}

function folderOf(commandLine: string, { start, end }: MaskedSpan): string[] {
  return TELLING_FOLDER.exec(commandLine.slice(start, end + 1))?.slice(0, 1) ?? []
}

function withoutQuotes(text: string): string {
  const start = text.search(/[^"'\s]/)
  if (start === -1) return ''
  let end = text.length
  while (/["'\s]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(start, Math.min(end, start + LONGEST))
}

/** Without those that say nothing of their own. */
function fewest(found: readonly string[]): string[] {
  const terms = [...new Set(found)].filter((term) => term.length >= SHORTEST)
  return terms
    .filter(
      (term) => !terms.some((other) => other !== term && other.toLowerCase().includes(term.toLowerCase())),
    )
    .slice(0, MOST)
}
