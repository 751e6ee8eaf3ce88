import { ExpectedError } from '@/lib/errors'
import { type Actor, actorIdOf } from '@/lib/pipeline/actor'
import { moveUpload, type NewUpload } from '@/lib/store/imports'
import { patientPool } from '@/lib/store/pool'

/** What a sender says of a file before its bytes. */
export type UploadOffer = Pick<NewUpload, 'name' | 'sizeBytes' | 'hostOverride' | 'dateOrder'>

/** For a sender who left it out. */
export const HOW_TO_NAME = 'add ?name=FILE to the address'
/** Names are shown, never opened. */
const MAX_NAME = 500

/** The upload that an offer makes. @throws ExpectedError 'invalid-input' without a name */
export function newUpload(actor: Actor, offer: UploadOffer): NewUpload {
  const name = offer.name.replaceAll('\0', '').trim().slice(0, MAX_NAME)
  if (!name) throw new ExpectedError('invalid-input', `Name the file: ${HOW_TO_NAME}.`)
  const channel = actor.kind === 'account' ? 'browser' : 'api'
  return { ...offer, channel, name, actorName: actor.name, actorId: actorIdOf(actor), state: 'receiving' }
}

export function isEmpty(name: string): ExpectedError {
  return new ExpectedError('invalid-input', `${name} is empty: there is nothing to read.`)
}

export const NO_LONGER_ARRIVING = 'This upload takes no more bytes: it was cancelled, or it is complete.'

/** Everything has arrived: the worker's turn. */
export async function queueUpload(id: string): Promise<void> {
  if (await moveUpload(patientPool(), id, ['receiving'], 'queued'))
    await patientPool().query('NOTIFY cordon_work')
}
