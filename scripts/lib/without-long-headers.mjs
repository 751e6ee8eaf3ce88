import { Failure } from './failure.mjs'

/**
 * Refuses a backup with long headers of tar: none that Cordon wrote has any, they yield no member, and tar-stream copies all that one says for each
 * that follows. What reads them is private to tar-stream, so its version is fixed.
 * @param {import('tar-stream').Extract} extract
 */
export function withoutLongHeaders(extract) {
  const inner = /** @type {{ _decodeLongHeader?: () => void }} */ (/** @type {unknown} */ (extract))
  if (inner._decodeLongHeader === undefined)
    throw new TypeError('this tar-stream reads long headers in another way')
  inner._decodeLongHeader = () => {
    throw new Failure('This is not a backup of Cordon (it has long headers). Nothing was restored.')
  }
  return extract
}
