import { handler } from '@/lib/http/handler'
import { readBody } from '@/lib/http/read-body'
import { previewSigmaRules } from '@/lib/operations/sigma/load-sigma-rules'
import { MAX_MIB, SigmaQuery } from '../sigma-contract'

/** POST a zip of Sigma rules, or `{"files": [{"path", "text"}]}`; answers what loading them would do. */
export const POST = handler({
  action: 'manage-sigma',
  query: SigmaQuery,
  run: async ({ actor, request, query: { set, replace, source } }) =>
    previewSigmaRules(actor, { set, source, replace: replace === 'yes' }, await readBody(request, MAX_MIB)),
})
