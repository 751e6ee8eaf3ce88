/** Sigma's strings: text with wildcards, compared without regard to case unless told otherwise. */

/** `*`, `?`, and any of the dashes that Windows programs take before an option. */
export const MANY = 0
const ONE = 1
const DASH = 2
export type Piece = string | typeof MANY | typeof ONE | typeof DASH

const DASHES = '-/\u2013\u2014\u2015'
/** A dash before a word and not within one. */
const OPTION_DASH = new RegExp(`\\B[${DASHES}]\\b`)

/** Lower case that is the same for a text and its parts: JavaScript writes a sigma at a word's end differently. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower
}

/** A value as written: `*` and `?` are wildcards, a backslash before one of them or before a backslash makes it plain. */
export function readWildcards(written: string): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  const end = () => {
    if (text !== '') pieces.push(text)
    text = ''
  }
  for (let at = 0; at < written.length; at++) {
    const sign = written.charAt(at)
    const next = written.charAt(at + 1)
    if (sign === '\\' && next !== '' && '\\*?'.includes(next)) {
      text += next
      at++
    } else if (sign === '*' || sign === '?') {
      end()
      pieces.push(sign === '*' ? MANY : ONE)
    } else text += sign
  }
  end()
  return pieces
}

/** Makes every dash before an option stand for all of them. */
export function anyDash(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece): Piece[] => {
    if (typeof piece !== 'string') return [piece]
    const parts = piece.split(OPTION_DASH)
    return parts
      .flatMap((part, index): Piece[] => (index === 0 ? [part] : [DASH, part]))
      .filter((part) => part !== '')
  })
}

/** Pieces between two MANYs: they lie side by side, so that a segment has one length. */
type Segment = {
  pieces: readonly { text: string | typeof ONE | typeof DASH; at: number }[]
  length: number
  /** The longest text, by which it is looked for; null = only single characters. */
  anchor: { text: string; at: number } | null
}

export type TextPattern = {
  cased: boolean
  /** Without MANY: the whole text is one segment. */
  whole: boolean
  /** First and last are bound to the text's ends; empty ones are not. */
  segments: readonly Segment[]
}

function toSegment(pieces: readonly (string | typeof ONE | typeof DASH)[]): Segment {
  let at = 0
  let anchor: Segment['anchor'] = null
  const placed = pieces.map((text) => {
    const piece = { text, at }
    at += typeof text === 'string' ? text.length : 1
    if (typeof text === 'string' && text.length > (anchor?.text.length ?? 0)) anchor = { text, at: piece.at }
    return piece
  })
  return { pieces: placed, length: at, anchor }
}

export function compilePattern(pieces: readonly Piece[], cased: boolean): TextPattern {
  const segments: (string | typeof ONE | typeof DASH)[][] = [[]]
  for (const piece of pieces) {
    if (piece === MANY) segments.push([])
    else segments.at(-1)?.push(typeof piece === 'string' && !cased ? fold(piece) : piece)
  }
  return { cased, whole: segments.length === 1, segments: segments.map(toSegment) }
}

function liesAt({ pieces }: Segment, text: string, from: number): boolean {
  return pieces.every((piece) => {
    if (piece.text === ONE) return true
    if (piece.text === DASH) return DASHES.includes(text.charAt(from + piece.at))
    return text.startsWith(piece.text, from + piece.at)
  })
}

/** Where a segment begins at or after `from` and ends by `until`; -1 = nowhere. */
function findSegment(segment: Segment, text: string, from: number, until: number): number {
  const { anchor, length } = segment
  const last = until - length
  if (anchor === null) {
    for (let at = from; at <= last; at++) if (liesAt(segment, text, at)) return at
    return -1
  }
  for (let at = from; at <= last; at++) {
    const found = text.indexOf(anchor.text, at + anchor.at)
    if (found < 0 || found - anchor.at > last) return -1
    at = found - anchor.at
    if (segment.pieces.length === 1 || liesAt(segment, text, at)) return at
  }
  return -1
}

/**
 * Whether a text fits; `text` must be folded unless the pattern is cased. The leftmost place of each segment is as good as any other, so
 * that there is no backtracking: time grows with text × segment at worst.
 */
export function fitsPattern({ segments, whole }: TextPattern, text: string): boolean {
  const [first] = segments
  const last = segments.at(-1)
  if (first === undefined || last === undefined) return false
  if (whole) return text.length === first.length && liesAt(first, text, 0)
  const until = text.length - last.length
  if (first.length > until || !liesAt(first, text, 0) || !liesAt(last, text, until)) return false
  let from = first.length
  for (let index = 1; index < segments.length - 1; index++) {
    const segment = segments[index]
    if (segment === undefined) continue
    const at = findSegment(segment, text, from, until)
    if (at < 0) return false
    from = at + segment.length
  }
  return true
}

/** The text of a pattern without any wildcard; null for others. */
export function plainText(pieces: readonly Piece[]): string | null {
  return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : null
}

/** The longest text that every fitting text holds, folded; '' = none. */
export function longestLiteral({ segments }: TextPattern): string {
  return segments.reduce((longest, { anchor }) => {
    const text = anchor?.text ?? ''
    return text.length > longest.length ? text : longest
  }, '')
}

/** What follows the last backslash of every fitting text, folded: mostly a file name; null = not fixed by the pattern. */
export function tailName({ segments, whole }: TextPattern): string | null {
  const last = segments.at(-1)?.pieces.at(-1)?.text
  if (typeof last !== 'string') return null
  const slash = last.lastIndexOf('\\')
  if (slash >= 0) return last.slice(slash + 1)
  return whole && segments[0]?.pieces.length === 1 ? last : null
}
