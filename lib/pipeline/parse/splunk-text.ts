import { type JsonObject, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { decodeText } from './decode-text'
import { MAX_RECORD_CHARACTERS, TOO_LARGE } from './limits'

/** The second line of every record; the first is its time. */
const SECOND_LINE = '\nLogName='
const TIME = /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d(?:\.\d{1,9})? [AP]M$/
/** More than the lines that show where a record begins. */
const START_CHARACTERS = 64
const FIELD = /^([A-Za-z]\w{0,63})=(.*)$/
const NO_BEGINNING = 'lines before the first record: part of one whose beginning is missing'

/**
 * The records of Splunk's classic text of Windows events, in file order: a time, `LogName=…` and more such lines, and `Message=` with the event's text,
 * which goes on to the next record. `fields` are those of `splunkTextFields`. Holds one record of at most 1 MiB in memory. Bad data never throws.
 * `position` counts the records from 1, rejected ones included.
 */
export async function* parseSplunkText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  const splitter = new RecordSplitter()
  let position = 0
  for await (const block of decodeText(bytes))
    for (const piece of splitter.add(block)) yield toItem(piece, ++position)
  for (const piece of splitter.end()) yield toItem(piece, ++position)
}

/** Whether such a record begins somewhere in a text. */
export function holdsSplunkText(text: string): boolean {
  return /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d(?:\.\d{1,9})? [AP]M\r?\nLogName=/m.test(text)
}

/** Whether a text is such a record, or begins with one. */
export function isSplunkText(text: string): boolean {
  const lineEnd = text.indexOf('\n')
  return text.startsWith(SECOND_LINE, lineEnd) && TIME.test(text.slice(0, Math.max(0, lineEnd)).trimEnd())
}

/** The fields of one record as printed: `Time`, then LogName, EventCode, ComputerName …, and `Message` with its lines. */
export function splunkTextFields(record: string): JsonObject {
  const fields: JsonObject = {}
  let at = 0
  while (at < record.length) {
    const lineEnd = indexOrLength(record, '\n', at)
    const line = record.slice(at, lineEnd).replace(/\r$/, '')
    const [, name, value = ''] = FIELD.exec(line) ?? []
    if (name === 'Message') {
      fields['Message'] = record.slice(at + 'Message='.length).trimEnd()
      break
    }
    if (name !== undefined) fields[name] ??= value
    else fields['Time'] ??= line
    at = lineEnd + 1
  }
  return fields
}

/** A record's text, or why there is none. */
type Piece = { text: string } | { reason: string }

class RecordSplitter {
  private text = ''
  /** The next character to look at, behind the beginning of a record. */
  private at = 0
  private isTooLarge = false
  private pieces: Piece[] = []

  add(block: string): Piece[] {
    this.text += block
    this.pieces = []
    for (let start = this.nextStart(); start !== -1; start = this.nextStart()) this.cut(start)
    if (this.isTooLarge || this.text.length > MAX_RECORD_CHARACTERS + START_CHARACTERS) this.drop()
    return this.pieces
  }

  end(): Piece[] {
    this.pieces = []
    if (this.text.trim() !== '') this.cut(this.text.length)
    return this.pieces
  }

  /** Where the next record begins; -1 with `at` where to go on when the text has no other. */
  private nextStart(): number {
    for (;;) {
      const found = this.text.indexOf(SECOND_LINE, this.at)
      if (found === -1) {
        this.at = Math.max(this.at, this.text.length - SECOND_LINE.length)
        return -1
      }
      this.at = found + SECOND_LINE.length
      const start = this.text.lastIndexOf('\n', found - 1) + 1
      const line = this.text.slice(Math.max(start, found - START_CHARACTERS), found)
      if (TIME.test(line.replace(/^\ufeff/, '').trimEnd())) return start
    }
  }

  /** What comes before `start` is the record before; the first one has nothing before it. */
  private cut(start: number): void {
    const record = this.text.slice(0, start)
    this.text = this.text.slice(start)
    this.at -= start
    if (this.isTooLarge) this.isTooLarge = false
    else if (record.length > MAX_RECORD_CHARACTERS) this.pieces.push({ reason: TOO_LARGE })
    else if (isSplunkText(record.trimStart())) this.pieces.push({ text: record.trimStart() })
    else if (record.trim() !== '') this.pieces.push({ reason: NO_BEGINNING })
  }

  private drop(): void {
    if (!this.isTooLarge) this.pieces.push({ reason: TOO_LARGE })
    this.isTooLarge = true
    this.text = this.text.slice(-START_CHARACTERS)
    this.at = 0
  }
}

function toItem(piece: Piece, position: number): ParsedItem {
  if ('reason' in piece) return unread(piece.reason, position)
  const fields = splunkTextFields(piece.text)
  const id = fields['RecordNumber']
  return { kind: 'record', record: { position, recordId: typeof id === 'string' ? id : null, fields } }
}

function indexOrLength(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from)
  return at === -1 ? text.length : at
}
