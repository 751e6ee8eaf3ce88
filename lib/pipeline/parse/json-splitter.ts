import { asRecord, type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { AnswerFrame, UNKNOWN_LIST } from './json-answer'
import { INLINE, RestartFinder } from './json-restart'
import { rowsOf, unreadListsOf } from './json-rows'
import { ObjectScanner } from './json-scanner'
import { CUT_OFF, MAX_RECORD_CHARACTERS, MAX_RECORD_DEPTH, TOO_LARGE } from './limits'

/** `between` records, `inside` one, inside one too large to keep (`skipping`), or `lost` after a broken one. */
type State = 'between' | 'inside' | 'skipping' | 'lost'

/** Files put together have one where each began. */
const BYTE_ORDER_MARK = '\ufeff'

/** Finds the objects in a text that arrives in pieces, as `parseJson` says. */
export class JsonSplitter {
  private state: State = 'between'
  /** What is not settled yet, and the next character of it to look at. */
  private text = ''
  private at = 0
  private recordStart = 0
  private recordIndent = INLINE
  /** Indentation of `at` between records, or INLINE. */
  private indent = 0
  /** The end of `at`'s line, -1 where the text has none; and the last line that is not one record. */
  private lineEnd = -1
  private mixedLine = -1
  /** Whether the last record that looked like a line of its own was one: to try and fail costs more than to scan. */
  private trustsLines = true
  private position = 0
  private ending = false
  /** Of a file that is one answer: whether the list of its records goes on. */
  private list: 'none' | 'open' | 'over' = 'none'
  private frame = new AnswerFrame()
  private hasComplained = false
  private items: ParsedItem[] = []
  private readonly scanner = new ObjectScanner()
  private readonly restart = new RestartFinder()

  add(block: string): ParsedItem[] {
    const settled = this.state === 'inside' ? this.recordStart : this.at
    this.text = this.text.slice(settled) + block
    this.at -= settled
    this.recordStart -= settled
    this.scanner.shift(settled)
    this.lineEnd = this.mixedLine = -1
    return this.run()
  }

  end(): ParsedItem[] {
    this.ending = true
    const items = this.add('\n')
    // each turn ends one record and goes on later in the text
    while (this.state === 'inside') {
      this.items = []
      this.giveUp(this.text.length, CUT_OFF)
      items.push(...this.items, ...this.run())
    }
    return items
  }

  /** What comes first is the list in a search's answer, after what `listStart` passes over. */
  openList(head: string): void {
    this.list = 'open'
    for (const character of head) this.frame.pass(character)
    this.frame.takeUnknown()
    this.indent = INLINE
  }

  /** Whether all that came is settled, and what comes next begins a line. */
  awaitsLine(): boolean {
    if (this.list !== 'none') return false
    return this.state === 'between' && this.indent === 0 && this.at === this.text.length && this.trustsLines
  }

  /** Takes a whole line that is one record; null for any other. */
  takeText(line: string): ParsedItem[] | null {
    this.items = []
    return this.acceptLine(line) ? this.items : null
  }

  /** Takes what is enough of a whole line that is one record. */
  takeOutline(fields: JsonObject): ParsedItem {
    this.trustsLines = true
    return asRecord(fields, ++this.position)
  }

  private run(): ParsedItem[] {
    this.items = []
    let goesOn = true
    while (goesOn && this.at < this.text.length) {
      if (this.state === 'between') this.findRecord()
      else if (this.state === 'lost') this.findRestart()
      else goesOn = this.scanRecord()
    }
    return this.items
  }

  private findRecord(): void {
    const character = this.text[this.at] ?? ''
    if (this.list === 'over') this.passEnd(character)
    else if (character === ']' && this.list === 'open') this.list = 'over'
    else this.findAnyRecord(character)
  }

  private findAnyRecord(character: string): void {
    if (character === '{') {
      if (!this.takeLine()) this.begin(this.at, this.indent)
    } else if (character === '\n') this.pass(0)
    else if (character === ' ' || character === '\t')
      this.pass(this.indent === INLINE ? INLINE : this.indent + 1)
    else if (character === '\r' || character === BYTE_ORDER_MARK) this.pass(this.indent)
    else if (character === ',' || character === '[' || character === ']') this.pass(INLINE)
    else {
      this.reject('no JSON object begins here')
      this.lose(INLINE, this.indent)
    }
  }

  /** Behind its list an answer has counts, objects and perhaps another list, and another record or answer may begin a line; what begins elsewhere is not looked into. */
  private passEnd(character: string): void {
    if (character === '{' && this.indent === 0) {
      this.list = 'none'
      this.hasComplained = false
      return
    }
    const isAnswer = !this.frame.isClosed
    if (this.frame.pass(character)) {
      this.list = 'open'
      return
    }
    if (this.frame.takeUnknown()) this.reject(UNKNOWN_LIST)
    if (character === '{' && !isAnswer && !this.hasComplained) {
      this.reject('more follows the list of records on its last line: it is not read')
      this.hasComplained = true
    }
    this.pass(character === '\n' ? 0 : INLINE)
  }

  private pass(indent: number): void {
    this.at++
    this.indent = indent
  }

  /** The fast path: a line that is one record is found by its end and parsed as it is. */
  private takeLine(): boolean {
    const end = this.findLineEnd()
    if (!this.trustsLines || end === -1 || end === this.mixedLine) return false
    if (!this.acceptLine(copied(this.text.slice(this.at, end)))) {
      this.mixedLine = end
      return false
    }
    this.at = end
    return true
  }

  private acceptLine(given: string): boolean {
    const line = given.trimEnd()
    const json = line.endsWith(',') ? line.slice(0, -1).trimEnd() : line
    const fields =
      json.endsWith('}') && json.length <= MAX_RECORD_CHARACTERS && isShallow(json) ? parseObject(json) : null
    if (fields === null) this.trustsLines = !json.endsWith('}')
    else this.accept(fields, json)
    return fields !== null
  }

  private findLineEnd(): number {
    if (this.lineEnd < this.at) {
      const end = this.text.indexOf('\n', this.at)
      this.lineEnd = end === -1 ? this.text.length : end
    }
    return this.lineEnd === this.text.length ? -1 : this.lineEnd
  }

  private begin(at: number, indent: number): void {
    this.state = 'inside'
    this.recordStart = this.at = at
    this.recordIndent = indent
    this.scanner.begin(at)
  }

  /** False when the text is used up. */
  private scanRecord(): boolean {
    const outcome = this.scanner.scan(this.text)
    this.at = this.scanner.at
    const end = outcome.kind === 'more' ? this.text.length : outcome.at
    if (this.state === 'inside' && end - this.recordStart > MAX_RECORD_CHARACTERS) {
      this.reject(TOO_LARGE)
      this.state = 'skipping'
    }
    if (outcome.kind === 'more') return false
    if (outcome.kind === 'broken') {
      this.breakOff(end, outcome.reason)
      return true
    }
    if (this.state === 'inside') this.finish(this.text.slice(this.recordStart, end))
    this.state = 'between'
    this.at = end
    this.indent = INLINE
    return true
  }

  private finish(json: string): void {
    const fields = parseObject(json)
    if (fields === null) this.reject('it is not valid JSON')
    else this.accept(fields, lineOf(json))
  }

  /** The record breaks at `at`: what stands on that line may already be the next one. */
  private breakOff(at: number, reason: string): void {
    const { lineStart } = this.scanner
    const isLastLine = at === this.text.length - 1 && this.ending
    this.giveUp(lineStart > this.recordStart ? lineStart : at, isLastLine ? CUT_OFF : reason)
  }

  /** Rejects the record, and goes on where another may have begun in it, or searches for one from `at` on. */
  private giveUp(at: number, reason: string): void {
    const { suspect, lineStart } = this.scanner
    const wasKept = this.state === 'inside'
    if (wasKept) this.reject(reason)
    if (wasKept && suspect !== -1) {
      this.state = 'between'
      this.at = suspect
      this.indent = 0
    } else {
      this.at = at
      this.lose(this.recordIndent, at === lineStart ? 0 : INLINE)
    }
  }

  private lose(brokenIndent: number, indent: number): void {
    this.state = 'lost'
    this.restart.begin(brokenIndent, indent)
  }

  private findRestart(): void {
    const found = this.restart.find(this.text, this.at)
    this.at = found === -1 ? this.text.length : found
    if (found === -1) return
    this.state = 'between'
    this.indent = this.restart.indent
  }

  /** `line`: the record's text, where it has no more than one. */
  private accept(fields: JsonObject, line: string | undefined): void {
    this.trustsLines = true
    const rows = rowsOf(fields)
    for (const row of rows) {
      const text = row === fields ? line : undefined
      const record = { position: ++this.position, recordId: null, fields: row, text }
      this.items.push({ kind: 'record', record })
    }
    if (rows[0] === fields) return
    for (let lists = unreadListsOf(fields); lists > 0; lists--) this.reject(UNKNOWN_LIST)
  }

  private reject(reason: string): void {
    this.items.push(unread(reason, ++this.position))
  }
}

/** Whether a text has too few brackets to be nested too deep: the scanner counts exactly where this says no. */
export function isShallow(json: string): boolean {
  return countUpTo(json, '{', MAX_RECORD_DEPTH) + countUpTo(json, '[', MAX_RECORD_DEPTH) <= MAX_RECORD_DEPTH
}

function countUpTo(text: string, character: string, most: number): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1 && count <= most; at = text.indexOf(character, at + 1))
    count++
  return count
}

/** Null when the text is not one JSON object. */
export function parseObject(json: string): JsonObject | null {
  try {
    // begins with { wherever it comes from
    return JSON.parse(json) as JsonObject
  } catch {
    return null
  }
}

/** A record's text, without what follows it, where it stands on one line. */
export function lineOf(json: string): string | undefined {
  return json.includes('\n') ? undefined : copied(json.trimEnd())
}

/** The same characters, cut from nothing larger: a record's text would keep in memory what it was cut from. */
function copied(text: string): string {
  return ` ${text}`.slice(1)
}
