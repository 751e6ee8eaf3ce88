import { Buffer } from 'node:buffer'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { WASM } from './find-members.wasm'

/** Members of an object by their names: plain values, and objects of which these members are looked for. */
export type Members = { readonly [name: string]: 'value' | Members }

/** An object that is a line of its own, as far as it was looked for. `end`: behind its line. */
export type FoundLine = { end: number; fields: JsonObject }

/** What find-members.as.ts gives away; its functions of no arguments say where things lie. */
type Exports = {
  memory: WebAssembly.Memory
  findMembers: (from: number, count: number) => number
  firstsAt: () => number
  countsAt: () => number
  lengthsAt: () => number
  namesAt: () => number
  foundAt: () => number
  textAt: () => number
}

const MAX_NAME = 32
const PAGE_BYTES = 64 * 1024
/** Behind the text, for whoever looks at sixteen bytes. */
const ZEROS = 16

const KIND = { plainText: 1, number: 3, word: 4, object: 5 } as const
const WORDS: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null }

type Member = { name: string; first: number; count: number }

/** Finds a few members of objects in the bytes of a JSON file, without making anything of the others than sure that they are valid. */
export class MemberFinder {
  private readonly members: Member[]
  private readonly exports: Exports
  private bytes: Buffer = Buffer.alloc(0)
  private found = new Int32Array()
  private readonly textAt: number

  constructor(wanted: Members) {
    this.exports = new WebAssembly.Instance(module()).exports as Exports
    this.textAt = this.exports.textAt()
    this.members = listed(wanted)
    this.view()
    this.describe()
  }

  /** Takes the bytes that are asked about from now on. */
  hold(text: Buffer): void {
    const { memory } = this.exports
    const missing = this.textAt + text.length + ZEROS - memory.buffer.byteLength
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE_BYTES))
      this.view()
    }
    text.copy(this.bytes, this.textAt)
    this.bytes.fill(0, this.textAt + text.length, this.textAt + text.length + ZEROS)
  }

  /**
   * The object that begins at a byte of what is held: what JSON.parse makes of its line, and of that the members that are looked for. Null where that is
   * not sure: it is no line of one object, its first member is not looked for, or one that is comes twice or is no plain value.
   */
  find(at: number): FoundLine | null {
    const end = this.exports.findMembers(this.textAt + at, this.members.length)
    const fields = end === 0 ? null : this.fieldsOf(0)
    return fields && { end: end - this.textAt, fields }
  }

  private fieldsOf(member: number): JsonObject | null {
    const { first, count } = this.members[member] ?? NO_MEMBER
    const fields: JsonObject = {}
    for (let child = first; child < first + count; child++) {
      if (this.found[child * 3 + 2] === 0) continue
      const value = this.valueOf(child)
      if (value === undefined) return null
      fields[this.members[child]?.name ?? ''] = value
    }
    return fields
  }

  private valueOf(member: number): JsonValue | undefined {
    const kind = this.found[member * 3 + 2]
    if (kind === KIND.object)
      return this.members[member]?.count === 0 ? undefined : (this.fieldsOf(member) ?? undefined)
    if (kind !== KIND.plainText && kind !== KIND.number && kind !== KIND.word) return undefined
    const text = this.bytes.toString('latin1', this.found[member * 3], this.found[member * 3 + 1])
    if (kind === KIND.plainText) return text
    return kind === KIND.number ? Number(text) : WORDS[text]
  }

  private view(): void {
    const { memory, foundAt } = this.exports
    this.bytes = Buffer.from(memory.buffer)
    this.found = new Int32Array(memory.buffer, foundAt(), this.members.length * 3)
  }

  private describe(): void {
    const { firstsAt, countsAt, lengthsAt, namesAt } = this.exports
    for (const [index, { name, first, count }] of this.members.entries()) {
      this.bytes[firstsAt() + index] = first
      this.bytes[countsAt() + index] = count
      this.bytes[lengthsAt() + index] = name.length
      this.bytes.write(name, namesAt() + index * MAX_NAME, 'latin1')
    }
  }
}

const NO_MEMBER: Member = { name: '', first: 0, count: 0 }

/** The object itself, then what is looked for in it, then in each of these: the members of one stand together. */
function listed(wanted: Members): Member[] {
  const waiting: { name: string; inner: Members }[] = [{ name: '', inner: wanted }]
  const members: Member[] = []
  for (const { name, inner } of waiting) {
    const children = Object.entries(inner)
    members.push({ name, first: waiting.length, count: children.length })
    for (const [child, value] of children)
      waiting.push({ name: child, inner: value === 'value' ? {} : value })
  }
  return members
}

let compiled: WebAssembly.Module | null = null

function module(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(WASM, 'base64'))
  return compiled
}
