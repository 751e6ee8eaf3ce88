import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { C_CHARACTERS, unescaper } from './escapes'
import { MAX_RECORD_DEPTH } from './limits'

const SPACE = /\s*/y
const TEXT = /"((?:[^"\\]|\\[\s\S])*)"/y
const ARROW = /\s*=>\s*/y
const COMMA = /\s*,?/y
/** Lists count their elements. */
const INDEX = /\[\d{1,9}\] (?=\S)/y
const BARE = /[^\s,}\]]+/y
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|([\s\S]))/g
const unescaped = unescaper(ESCAPE, C_CHARACTERS)
const WORDS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['nil', null],
  ['true', true],
  ['false', false],
])

/** The object that a text prints as Ruby inspects one (`{ "a" => "b" }`), times and what else has no quotes as texts; null where it is none. */
export function readRuby(text: string): JsonObject | null {
  try {
    const value = new RubyReader(text).read(0)
    return typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch (error) {
    if (error instanceof NotRuby) return null
    throw error
  }
}

class NotRuby extends Error {}

class RubyReader {
  private at = 0

  constructor(private readonly text: string) {}

  read(depth: number): JsonValue {
    if (depth > MAX_RECORD_DEPTH) throw new NotRuby()
    this.take(SPACE)
    const opening = this.text.charAt(this.at)
    if (opening === '{') return this.readObject(depth)
    if (opening === '[') return this.readList(depth)
    return opening === '"' ? this.readText() : readBare(this.need(BARE)[0])
  }

  private readObject(depth: number): JsonObject {
    const pairs: [string, JsonValue][] = []
    for (this.at++; !this.closes('}'); this.take(COMMA)) {
      const name = this.readText()
      this.need(ARROW)
      pairs.push([name, this.read(depth + 1)])
    }
    return Object.fromEntries(pairs)
  }

  private readList(depth: number): JsonValue[] {
    const list: JsonValue[] = []
    for (this.at++; !this.closes(']'); this.take(COMMA)) {
      this.take(INDEX)
      list.push(this.read(depth + 1))
    }
    return list
  }

  /** Whether the bracket is next, which is passed. */
  private closes(bracket: string): boolean {
    this.take(SPACE)
    const isNext = this.text.charAt(this.at) === bracket
    if (isNext) this.at++
    return isNext
  }

  private readText(): string {
    return unescaped(this.need(TEXT)[1] ?? '')
  }

  private need(pattern: RegExp): RegExpExecArray {
    const found = this.take(pattern)
    if (found === null) throw new NotRuby()
    return found
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found !== null) this.at = pattern.lastIndex
    return found
  }
}

function readBare(printed: string): JsonValue {
  const word = WORDS.get(printed)
  if (word !== undefined) return word
  return NUMBER.test(printed) ? Number(printed) : printed
}
