import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { requestBytes } from '@/lib/http/request-bytes'
import { previewLolbas } from '@/lib/operations/preview-lolbas'
import { PreviewQuery } from './preview-contract'

const MAX_BYTES = 16 * 1024 * 1024

/** POST a LOLBAS file (JSON, YAML, or a zip of them) as the body; answers what adding it would bring. */
export const POST = handler({
  action: 'manage-catalogue',
  query: PreviewQuery,
  run: async ({ actor, request, query }) => previewLolbas(actor, query.name, await readBody(request)),
})

async function readBody(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of requestBytes(request)) {
    size += piece.length
    if (size > MAX_BYTES) throw new ExpectedError('too-large', 'The file is larger than 16 MiB.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
