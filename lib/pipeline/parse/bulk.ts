import type { Buffer } from 'node:buffer'
import { ExpectedError } from '@/lib/errors'
import { type JsonObject, type ParsedItem, type RawRecord, unread } from '@/lib/pipeline/event/raw-record'
import { type ByteLine, readLines, textOf } from './byte-lines'
import { type JsonOptions, parseJsonText } from './json'
import { OutlineReader } from './json-outline'
import { CUT_OFF, TOO_LARGE } from './limits'

const VERBS = ['index', 'create', 'update', 'delete'] as const
export type BulkVerb = (typeof VERBS)[number]

/** One action of Elasticsearch's `_bulk`; `item.position` counts the actions from 1. */
export type BulkAction = { verb: BulkVerb; item: ParsedItem }

/**
 * The actions of a `_bulk` body in UTF-8 (Elasticsearch's REST reference, "Bulk API"): a line that names what to do, then, unless it deletes, a line with
 * the document. What cannot be stored is a rejection and reading goes on. Holds one record of at most 1 MiB.
 * @throws ExpectedError 'invalid-input' at a line that should name an action and does not: what follows cannot be told from documents
 */
export async function* parseBulk(
  bytes: AsyncIterable<Uint8Array>,
  { outline }: JsonOptions = {},
): AsyncGenerator<BulkAction> {
  const reader = new BulkReader(outline === undefined ? null : new OutlineReader(outline))
  for await (const action of readLines(bytes, reader)) yield action
  const cutOff = reader.end()
  if (cutOff !== null) yield cutOff
}

class BulkReader {
  private line = 0
  private position = 0
  /** The action whose document comes next. */
  private waiting: BulkVerb | null = null

  constructor(private readonly outlines: OutlineReader | null) {}

  hold(block: Buffer): void {
    this.outlines?.hold(block)
  }

  /** The action that a line completes. */
  read(line: ByteLine): BulkAction[] {
    this.line++
    if (this.waiting !== null) return line?.bytes.length === 0 ? [] : [this.finish(this.waiting, line)]
    const text = textOf(line)
    if (text?.trim() === '') return []
    const verb = this.readVerb(text)
    if (verb === 'delete') return [this.reject(verb, ONLY_ADDED)]
    this.waiting = verb
    return []
  }

  end(): BulkAction | null {
    return this.waiting === null ? null : this.reject(this.waiting, CUT_OFF)
  }

  private finish(verb: BulkVerb, line: ByteLine): BulkAction {
    this.waiting = null
    if (verb === 'update') return this.reject(verb, ONLY_ADDED)
    const fields = this.outlines?.readLine(line) ?? null
    if (fields !== null) return this.add(verb, { recordId: null, fields })
    const text = textOf(line)
    if (text === null) return this.reject(verb, TOO_LARGE)
    const [first, ...more] = parseJsonText(text)
    if (first === undefined || more.length > 0)
      return this.reject(verb, 'the document is not one JSON object')
    return first.kind === 'rejection'
      ? this.reject(verb, first.rejection.reason)
      : this.add(verb, first.record)
  }

  private add(verb: BulkVerb, record: Omit<RawRecord, 'position'>): BulkAction {
    return { verb, item: { kind: 'record', record: { ...record, position: ++this.position } } }
  }

  private reject(verb: BulkVerb, reason: string): BulkAction {
    this.waiting = null
    return { verb, item: unread(reason, ++this.position) }
  }

  private readVerb(text: string | null): BulkVerb {
    const [first, ...more] = text === null ? [] : parseJsonText(text)
    const verb = first?.kind === 'record' && more.length === 0 ? verbOf(first.record.fields) : null
    if (verb !== null) return verb
    throw new ExpectedError(
      'invalid-input',
      `Malformed action/metadata line [${this.line}]: expected {"create": {…}} or {"index": {…}}. Actions before it may be stored; sending them again stores nothing twice.`,
    )
  }
}

const ONLY_ADDED = 'events are only added (create, index): nothing is updated or deleted'

function verbOf(action: JsonObject): BulkVerb | null {
  const [name, ...more] = Object.keys(action)
  const verb = VERBS.find((known) => known === name)
  const target = verb && action[verb]
  return verb !== undefined && more.length === 0 && typeof target === 'object' && target !== null
    ? verb
    : null
}
