import { handler } from '@/lib/http/handler'
import { readBody } from '@/lib/http/read-body'
import { previewLolbas } from '@/lib/operations/preview-lolbas'
import { PreviewQuery } from './preview-contract'

const MAX_MIB = 16

/** POST a LOLBAS file (JSON, YAML, or a zip of them) as the body; answers what adding it would bring. */
export const POST = handler({
  action: 'manage-catalogue',
  query: PreviewQuery,
  run: async ({ actor, request, query }) =>
    previewLolbas(actor, query.name, await readBody(request, MAX_MIB)),
})
