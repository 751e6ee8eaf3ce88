import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { ONLY_COUNTED } from '@/lib/pipeline/normalise/record/to-event'
import { type BulkVerb, parseBulk } from '@/lib/pipeline/parse/bulk'
import { receiveEvents } from './receive-events'
import type { ShipmentNotes } from './shipment-notes'

/** What became of each action of a `_bulk` request: its verb, and why it was not stored (null: it is). */
export type BulkOutcome = { verb: BulkVerb; reason: string | null }[]

/** Every action is answered: no more than this at once. Shippers send some thousand. */
const MAX_ACTIONS = 200_000
/** Of an action's outcome and its part of the answer. */
const ANSWER_BYTES = 150

/**
 * Stores the documents of an Elasticsearch `_bulk` body; everything without a reason is committed.
 * @throws ExpectedError 'invalid-input' where an action cannot be read, 'too-large' for too many
 */
export async function ingestBulk(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  { announcedBytes = 0 }: ShipmentNotes = {},
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = []
  await receiveEvents(actor, {
    protocol: 'elasticsearch',
    bytes,
    announcedBytes,
    answerBytes: ANSWER_BYTES,
    async *read(body) {
      for await (const { verb, item } of parseBulk(body, { outline: ONLY_COUNTED })) {
        if (outcome.length === MAX_ACTIONS)
          throw new ExpectedError('too-large', `More than ${MAX_ACTIONS} actions at once: send fewer.`)
        outcome.push({ verb, reason: null })
        yield { item }
      }
    },
    onRejection: ({ position, reason }) => {
      const action = outcome[position - 1]
      if (action) action.reason = reason
    },
  })
  if (outcome.length === 0) throw new ExpectedError('invalid-input', 'request body is required')
  return outcome
}
