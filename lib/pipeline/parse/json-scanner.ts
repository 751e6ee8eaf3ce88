import { MAX_RECORD_DEPTH } from './limits'

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const NEWLINE = 0x0a
/** Stands for any number, true, false or null. */
const SCALAR = 0x30

type ScanOutcome =
  | { kind: 'end'; at: number }
  | { kind: 'more' }
  | { kind: 'broken'; at: number; reason: string }

const MORE: ScanOutcome = { kind: 'more' }

/**
 * Finds the end of one JSON object in a text that arrives in pieces, checking just enough grammar to notice early that
 * the object is broken: what can stand where, brackets that match, texts that end on their line. Linear in the text.
 */
export class ObjectScanner {
  /** The next character to look at; all before it is settled. */
  at = 0
  /** The first inner `{` that opens a line: if the object turns out to be broken, the next one may have begun there. */
  suspect = -1
  /** Where the line of `at` begins; before the object while it has only one line. */
  lineStart = -1
  private readonly isObject = new Uint8Array(MAX_RECORD_DEPTH)
  private depth = 0
  private previous = 0
  private inText = false

  /** Begins at an object's `{`. */
  begin(at: number): void {
    this.at = at
    this.suspect = -1
    this.lineStart = -1
    this.depth = 0
    this.previous = COLON
    this.inText = false
  }

  /** The text lost `length` characters at its beginning. */
  shift(length: number): void {
    this.at -= length
    this.suspect -= this.suspect === -1 ? 0 : length
    this.lineStart = Math.max(-1, this.lineStart - length)
  }

  /** Looks at `text` from `at` on. */
  scan(text: string): ScanOutcome {
    while (this.at < text.length) {
      const outcome = this.inText ? this.skipText(text) : this.step(text)
      if (outcome !== null) return outcome
    }
    return MORE
  }

  /** To the end of a quoted text. Leaves `at` where a backslash still means itself, so that pieces may split anywhere. */
  private skipText(text: string): ScanOutcome | null {
    const end = text.indexOf('"', this.at)
    const from = this.at
    const stop = end === -1 ? text.length : end
    const newline = text.slice(from, stop).indexOf('\n')
    if (newline !== -1)
      return { kind: 'broken', at: from + newline, reason: 'a text in it does not end on its line' }
    const escapes = backslashesBefore(text, stop, from) % 2 === 1
    if (end === -1) {
      this.at = escapes ? stop - 1 : stop
      return MORE
    }
    this.at = end + 1
    this.inText = escapes
    return null
  }

  private step(text: string): ScanOutcome | null {
    const at = this.at++
    const character = text.charCodeAt(at)
    switch (character) {
      case NEWLINE:
        this.lineStart = at + 1
        return null
      case 0x20:
      case 0x09:
      case 0x0d:
        return null
      case QUOTE:
        this.inText = true
        return this.expect(this.previous !== SCALAR && this.previous !== QUOTE, at, QUOTE)
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        return this.open(at, character)
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        return this.close(at, character)
      case COMMA:
      case COLON:
        this.previous = character
        return null
      default:
        this.previous = SCALAR
        return null
    }
  }

  private open(at: number, character: number): ScanOutcome | null {
    const inObject = this.depth > 0 && this.isObject[this.depth - 1] === 1
    const fits =
      this.previous === COLON || (!inObject && (this.previous === COMMA || this.previous === OPEN_ARRAY))
    if (!fits) return broken(at)
    if (this.depth === MAX_RECORD_DEPTH)
      return { kind: 'broken', at, reason: `it is nested deeper than ${MAX_RECORD_DEPTH} levels` }
    if (character === OPEN_OBJECT && at === this.lineStart && this.suspect === -1) this.suspect = at
    this.isObject[this.depth++] = character === OPEN_OBJECT ? 1 : 0
    this.previous = character
    return null
  }

  private close(at: number, character: number): ScanOutcome | null {
    const isObject = this.isObject[this.depth - 1] === 1
    if (isObject !== (character === CLOSE_OBJECT)) return broken(at)
    this.depth--
    this.previous = character
    return this.depth === 0 ? { kind: 'end', at: at + 1 } : null
  }

  private expect(fits: boolean, at: number, character: number): ScanOutcome | null {
    this.previous = character
    return fits ? null : broken(at)
  }
}

function broken(at: number): ScanOutcome {
  return { kind: 'broken', at, reason: 'it is not valid JSON' }
}

function backslashesBefore(text: string, end: number, from: number): number {
  let at = end
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at--
  return end - at
}
