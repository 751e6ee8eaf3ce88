/** Names of the lists of records in answers, in lower case. */
export const LISTS: ReadonlySet<string> = new Set([
  ...['records', 'value', 'results', 'hits', 'events', 'rows', 'resources'],
])
/** Lists of objects beside them that are no records. */
export const OTHERS: ReadonlySet<string> = new Set(['schema', 'fields', 'columns', 'messages'])
/** What is said of a list of objects by whose name nothing tells what they are. */
export const UNKNOWN_LIST = 'a list of a name that is not known follows: it is not read'
/** Of their names, in characters. */
const LONGEST = Math.max(...[...LISTS, ...OTHERS].map(({ length }) => length))
/** Inside a list of the answer itself. */
const OWN_LIST = 2

/**
 * What stands around the lists of records in a search's answer, character by character: counts, totals and other objects, one more list of records, and
 * the answer's end.
 */
export class AnswerFrame {
  /** Whether the answer is over. */
  isClosed = false
  private depth = 0
  private inText = false
  private isEscaped = false
  /** The beginning of the last text that only a colon followed. */
  private name = ''
  private opensList = false
  private opensUnknown = false
  private passedUnknown = false

  /** Whether the character begins the first record of a list, which is left to whoever reads records, up to the list's end. */
  pass(character: string): boolean {
    if (this.inText) this.passText(character)
    else if (character === '"') this.openText()
    else if (character === '{' && this.opensList && !this.isClosed) return true
    else this.passMark(character)
    return false
  }

  /** Whether a list of objects was passed over by whose name nothing tells what they are: once for each. */
  takeUnknown(): boolean {
    const passed = this.passedUnknown
    this.passedUnknown = false
    return passed
  }

  private openText(): void {
    this.inText = true
    this.name = ''
    this.opensList = this.opensUnknown = false
  }

  /** A text ends on its line: one that does not is damage, and what follows is read again. */
  private passText(character: string): void {
    if (character === '\n') this.inText = this.isEscaped = false
    else if (this.isEscaped) this.isEscaped = false
    else if (character === '\\') this.isEscaped = true
    else if (character === '"') this.inText = false
    else if (this.name.length <= LONGEST) this.name += character
  }

  private passMark(character: string): void {
    if (character === ':' || /\s/.test(character)) return
    if (character === '{' && this.opensUnknown && this.depth === OWN_LIST) this.passedUnknown = true
    this.opensUnknown =
      character === '[' && this.name !== '' && !OTHERS.has(this.name.toLowerCase()) && !this.isClosed
    this.opensList = character === '[' && LISTS.has(this.name.toLowerCase())
    this.name = ''
    if (character === '{' || character === '[') this.depth++
    else if (character === '}' || character === ']') this.depth--
    if (this.depth <= 0) this.isClosed = true
  }
}
