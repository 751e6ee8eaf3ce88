const NEWLINE = 0x0a
const SPACE = 0x20
const TAB = 0x09
const CARRIAGE_RETURN = 0x0d
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b

/** Indentation that counts as "not at the beginning of a line". */
export const INLINE = -1

/**
 * Where the next record begins after a broken one. Objects of a file begin alike: where the broken one began a line, the next begins a line too
 * and is indented no deeper (deeper ones are inside it); where it stood within a line, the next follows a comma or a bracket, or begins a line.
 */
export class RestartFinder {
  /** Indentation of the `{` that `find` found; INLINE where it stands within a line. */
  indent = INLINE
  private limit = INLINE
  private previous = 0

  /** @param brokenIndent how deep the broken record was indented, or INLINE @param indent of the place where the search begins */
  begin(brokenIndent: number, indent: number): void {
    this.limit = brokenIndent
    this.indent = indent
    this.previous = 0
  }

  /** The next record's `{` at or after `from`, or -1 when the text has none; then goes on with the next text. */
  find(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const character = text.charCodeAt(at)
      if (character === OPEN_OBJECT && this.isStart()) return at
      this.pass(character)
    }
    return -1
  }

  private isStart(): boolean {
    if (this.indent !== INLINE) return this.limit === INLINE || this.indent <= this.limit
    return this.limit === INLINE && (this.previous === COMMA || this.previous === OPEN_ARRAY)
  }

  private pass(character: number): void {
    if (character === NEWLINE) this.indent = 0
    else if (character === SPACE || character === TAB) this.indent += this.indent === INLINE ? 0 : 1
    else if (character !== CARRIAGE_RETURN) {
      this.indent = INLINE
      this.previous = character
    }
  }
}
