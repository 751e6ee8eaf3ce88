import { ExpectedError } from '@/lib/errors'
import type { JsonObject, ParsedItem } from '@/lib/pipeline/event/raw-record'
import { decodeText } from './decode-text'
import { parseJsonText } from './json'
import { CUT_OFF, TOO_LARGE } from './limits'
import { type Line, LineSplitter } from './line-splitter'

const VERBS = ['index', 'create', 'update', 'delete'] as const
export type BulkVerb = (typeof VERBS)[number]

/** One action of Elasticsearch's `_bulk`; `item.position` counts the actions from 1. */
export type BulkAction = { verb: BulkVerb; item: ParsedItem }

/**
 * The actions of a `_bulk` body (Elasticsearch's REST reference, "Bulk API"): a line that names what to do, then, unless it deletes, a line with
 * the document. What cannot be stored is a rejection and reading goes on. Holds one line of at most 1 MiB.
 * @throws ExpectedError 'invalid-input' at a line that should name an action and does not: what follows cannot be told from documents
 */
export async function* parseBulk(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BulkAction> {
  const lines = new LineSplitter()
  const reader = new BulkReader()
  for await (const block of decodeText(bytes)) {
    for (const line of lines.add(block)) {
      const action = reader.next(line)
      if (action !== null) yield action
    }
  }
  const last = lines.end()
  const action = reader.next(last) ?? reader.end()
  if (action !== null) yield action
}

class BulkReader {
  private line = 0
  private position = 0
  /** The action whose document comes next. */
  private waiting: BulkVerb | null = null

  /** The action that a line completes. */
  next(line: Line): BulkAction | null {
    this.line++
    if (this.waiting !== null) return line === '' ? null : this.finish(this.waiting, line)
    if (line?.trim() === '') return null
    const verb = this.readVerb(line)
    if (verb === 'delete') return this.reject(verb, ONLY_ADDED)
    this.waiting = verb
    return null
  }

  end(): BulkAction | null {
    return this.waiting === null ? null : this.reject(this.waiting, CUT_OFF)
  }

  private finish(verb: BulkVerb, line: Line): BulkAction {
    this.waiting = null
    if (verb === 'update') return this.reject(verb, ONLY_ADDED)
    if (line === null) return this.reject(verb, TOO_LARGE)
    const [first, ...more] = parseJsonText(line)
    if (first === undefined || more.length > 0)
      return this.reject(verb, 'the document is not one JSON object')
    if (first.kind === 'rejection') return this.reject(verb, first.rejection.reason)
    return {
      verb,
      item: { kind: 'record', record: { ...first.record, position: ++this.position } },
    }
  }

  private reject(verb: BulkVerb, reason: string): BulkAction {
    this.waiting = null
    const rejection = { position: ++this.position, recordId: null, reason }
    return { verb, item: { kind: 'rejection', rejection } }
  }

  private readVerb(line: Line): BulkVerb {
    const [first, ...more] = line === null ? [] : parseJsonText(line)
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
