import { handler } from '@/lib/http/handler'
import { readBody } from '@/lib/http/read-body'
import { loadSigmaRules } from '@/lib/operations/sigma/load-sigma-rules'
import { MAX_MIB, SigmaLoadQuery } from '../sigma-contract'

/** POST the same files that were previewed; loads them if the rules are as they were then. */
export const POST = handler({
  action: 'manage-sigma',
  query: SigmaLoadQuery,
  run: async ({ actor, request, query: { set, replace, source, version } }) => {
    const target = { set, source, replace: replace === 'yes' }
    return await loadSigmaRules(actor, target, await readBody(request, MAX_MIB), version)
  },
})
