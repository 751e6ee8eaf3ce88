import { CUT_OFF, MAX_RECORD_CHARACTERS, TOO_LARGE } from '../limits'

/** The text of one Event element, or what stands where one should be. */
export type XmlPiece = { kind: 'event'; xml: string } | { kind: 'damage'; reason: string }

/** Prefixes and start tags are short; the bounds keep what is searched again small. */
const PREFIX = '(?:[\\w.-]{1,64}:)?'
const START_TAG_CHARACTERS = 2048
const TAG = new RegExp(
  `<(?:(?<end>/${PREFIX}Event\\s{0,8}>)|(?<start>${PREFIX}Event(?:[\\s/][^<>]{0,${START_TAG_CHARACTERS}})?>)` +
    `|(?<system>/?${PREFIX}System[\\s/>])|(?<doctype>!DOCTYPE))`,
  'g',
)
/** A tag that is not whole yet begins no further back from the text's end. */
const TAIL = START_TAG_CHARACTERS + 128
/** A record's first child; some elements in UserData are called Event too. */
const SYSTEM = new RegExp(`\\s{0,64}<${PREFIX}System[\\s/>]`, 'y')
const SYSTEM_CHARACTERS = 256

const NO_END = 'the event has no end before the next one begins'
const NO_BEGINNING = 'part of an event whose beginning is missing'
const EMPTY = 'an Event element with nothing in it'
const DOCTYPE = 'a document type declaration: nothing it declares is used'

/** `between` events, `inside` one, or inside one too large to keep (`skipping`). */
type State = 'between' | 'inside' | 'skipping'

/**
 * Cuts a text that arrives in pieces into its `<Event …>…</Event>` elements, whatever stands around them: a root element, lines, nothing.
 * Looks at tags only, so that an event that is not well-formed ends where it ends. Linear in the text; holds one event of at most 1 MiB.
 */
export class EventSplitter {
  private state: State = 'between'
  private text = ''
  /** The next character to look at, and where the event inside which it is begins. */
  private at = 0
  private start = 0
  private depth = 0
  private ending = false
  /** What lies between two events is complained of once. */
  private hasComplained = false
  private pieces: XmlPiece[] = []

  add(block: string): XmlPiece[] {
    const settled = this.state === 'inside' ? this.start : this.at
    this.text = this.text.slice(settled) + block
    this.at -= settled
    this.start = 0
    this.pieces = []
    this.run()
    return this.pieces
  }

  end(): XmlPiece[] {
    this.ending = true
    const pieces = this.add('')
    if (this.state === 'inside') pieces.push({ kind: 'damage', reason: CUT_OFF })
    return pieces
  }

  private run(): void {
    for (let tag = this.nextTag(); tag !== null; tag = this.nextTag()) {
      if (this.state === 'between') this.openAt(tag)
      else this.stepInside(tag)
    }
  }

  /** The next tag that matters, with `at` behind it; null when the text has no other that is whole, with `at` where it goes on. */
  private nextTag(): RegExpExecArray | null {
    TAG.lastIndex = this.at
    const tag = TAG.exec(this.text)
    const end = tag === null ? this.text.length : TAG.lastIndex
    if (this.state === 'inside' && end - this.start > MAX_RECORD_CHARACTERS) this.skip()
    if (tag === null) this.at = this.tail()
    else this.at = this.isUndecided(tag) ? tag.index : end
    return this.at === end ? tag : null
  }

  /** Where a tag may begin that the text does not hold whole yet. */
  private tail(): number {
    const last = this.ending ? -1 : this.text.lastIndexOf('<')
    return last >= this.at && last > this.text.length - TAIL ? last : this.text.length
  }

  /** Whether the text ends before it shows if an Event inside an event is the next one. */
  private isUndecided({ groups, index, 0: tag }: RegExpExecArray): boolean {
    const isInner = this.state !== 'between' && groups?.['start'] !== undefined
    return isInner && !this.ending && index + tag.length + SYSTEM_CHARACTERS > this.text.length
  }

  private openAt(tag: RegExpExecArray): void {
    if (tag.groups?.['start'] === undefined)
      this.complain(tag.groups?.['doctype'] === undefined ? NO_BEGINNING : DOCTYPE)
    else if (isSelfClosing(tag)) this.complain(EMPTY)
    else this.begin(tag)
  }

  private begin(tag: RegExpExecArray): void {
    this.state = 'inside'
    this.start = tag.index
    this.depth = 1
    this.hasComplained = false
  }

  private stepInside(tag: RegExpExecArray): void {
    if (tag.groups?.['end'] !== undefined) this.close()
    else if (tag.groups?.['start'] === undefined || isSelfClosing(tag)) return
    else if (this.isRecord()) {
      if (this.state === 'inside') this.pieces.push({ kind: 'damage', reason: NO_END })
      this.begin(tag)
    } else this.depth++
  }

  /** Whether what begins at `at` is an event's System. */
  private isRecord(): boolean {
    SYSTEM.lastIndex = this.at
    return SYSTEM.test(this.text)
  }

  private close(): void {
    if (--this.depth > 0) return
    if (this.state === 'inside')
      this.pieces.push({ kind: 'event', xml: this.text.slice(this.start, this.at) })
    this.state = 'between'
  }

  private skip(): void {
    this.pieces.push({ kind: 'damage', reason: TOO_LARGE })
    this.state = 'skipping'
  }

  private complain(reason: string): void {
    if (!this.hasComplained) this.pieces.push({ kind: 'damage', reason })
    this.hasComplained = true
  }
}

function isSelfClosing({ 0: tag }: RegExpExecArray): boolean {
  return tag.endsWith('/>')
}
