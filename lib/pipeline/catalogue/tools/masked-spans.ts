import type { Part } from './tool-use'

/** What a pattern has in the place of what varies. */
const PLACEHOLDER = /<[a-z0-9-]{1,24}>|\*/g
/** A folder's class instead of its path, with the file's name behind it. */
const FOLDER = /^<[a-z0-9-]{1,24}>(?=\\[^\\]*$)/

/** A stretch of a command line (end exclusive) that its pattern leaves open, and the placeholder that stands there. */
export type MaskedSpan = { start: number; end: number; placeholder: string }

/**
 * Where in a part of a command line its pattern has placeholders: what stands between them is looked for in order. Nothing where the
 * pattern writes the part in other words, because then nobody can say.
 * @param commandLine as recorded
 */
export function maskedSpans(commandLine: string, part: Pick<Part, 'start' | 'end' | 'text'>): MaskedSpan[] {
  const { text, places } = withoutQuotes(commandLine, part)
  const [folder] = FOLDER.exec(part.text) ?? []
  const end = folder === undefined ? 0 : text.lastIndexOf('\\')
  if (end < 0) return []
  const spans = [
    ...(folder === undefined || end === 0 ? [] : [{ start: 0, end, placeholder: folder }]),
    ...spansIn(text, part.text.replaceAll('"', '').slice(folder?.length ?? 0), end),
  ]
  return spans.map(({ start, end, placeholder }) => ({
    start: places[start] ?? part.start,
    end: (places[end - 1] ?? part.start) + 1,
    placeholder,
  }))
}

/** Patterns leave quotes out: a part without them, lower case, and where each of its characters stands. */
function withoutQuotes(
  commandLine: string,
  { start, end }: { start: number; end: number },
): { text: string; places: number[] } {
  let text = ''
  const places: number[] = []
  for (let at = start; at < end; at += 1) {
    const character = commandLine.charAt(at)
    if (character === '"') continue
    const lower = character.toLowerCase()
    // a few letters have a longer lower case
    text += lower.length === 1 ? lower : character
    places.push(at)
  }
  return { text, places }
}

/** Placeholders of a pattern from a place on, where each text between them is found in turn; none where one is not. */
function spansIn(text: string, pattern: string, from: number): MaskedSpan[] {
  const placeholders = pattern.match(PLACEHOLDER) ?? []
  const [first = '', ...literals] = pattern.split(PLACEHOLDER)
  if (!text.startsWith(first, from)) return []
  const spans: MaskedSpan[] = []
  let at = from + first.length
  for (const [index, placeholder] of placeholders.entries()) {
    const literal = literals[index] ?? ''
    const last = literal === '' && index === placeholders.length - 1
    const end = last ? text.length : text.indexOf(literal, at + 1)
    if (end <= at) return []
    spans.push({ start: at, end, placeholder })
    at = end + literal.length
  }
  return spans
}
