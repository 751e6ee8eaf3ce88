import { type Extract, extract } from 'tar-stream'

/** Room for a path and for what a file system says of a file. */
const MAX_LONG_HEADER_BYTES = 64 * 1024
/** A long path, a long link, what is said of all that follows and of one. */
const MAX_LONG_HEADERS = 4

/** What tar-stream reads long headers with: private to it, so its version is fixed, and a tar is refused where it is called otherwise. */
type Inner = { _decodeLongHeader?: (this: Inner, bytes: Uint8Array) => void; _header: { type: string } }

/**
 * Opens a tar whose long headers are bounded: they yield no entry, compress to nothing, and tar-stream copies all that one for the whole archive
 * says for each that follows. Nothing that such a one says is needed here, so it is not read.
 */
export function extractTar(): Extract {
  const archive = extract()
  const inner = archive as unknown as Inner
  const decode = inner._decodeLongHeader
  if (decode === undefined) throw new TypeError('this tar-stream reads long headers in another way')
  let inARow = 0
  archive.on('entry', () => {
    inARow = 0
  })
  inner._decodeLongHeader = (bytes) => {
    if (bytes.length > MAX_LONG_HEADER_BYTES) throw new RangeError('a header of the tar is longer than 64 KB')
    if (++inARow > MAX_LONG_HEADERS)
      throw new RangeError(`more than ${MAX_LONG_HEADERS} long headers of the tar follow one another`)
    if (inner._header.type !== 'pax-global-header') decode.call(inner, bytes)
  }
  return archive
}
