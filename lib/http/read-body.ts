import { ExpectedError } from '@/lib/errors'
import { requestBytes } from './request-bytes'

/** A request's whole body. @throws ExpectedError 'too-large' beyond `maxMiB` */
export async function readBody(request: Request, maxMiB: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of requestBytes(request)) {
    size += piece.length
    if (size > maxMiB * 1024 * 1024)
      throw new ExpectedError('too-large', `The file is larger than ${maxMiB} MiB.`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
