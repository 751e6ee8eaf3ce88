import { z } from 'zod'
import { attachment } from '@/lib/http/attachment'
import { handler } from '@/lib/http/handler'
import { downloadPolicies, EXPORT_SETS } from '@/lib/operations/policies/download-policies'
import { ExportQuery } from './export-query'

export const dynamic = 'force-dynamic'

const DAYS = { '1': 1, '7': 7, '30': 30 } as const

/** GET /api/policies/{policies|detections|collection}: a zip, or one file of it. */
export const GET = handler({
  action: 'export',
  costly: 'file',
  params: z.object({ set: z.enum(EXPORT_SETS) }),
  query: ExportQuery,
  run: async ({ actor, params, query }) => {
    const { path = null, version = null, days = '7' } = query
    const { bytes, fileName, isZip } = await downloadPolicies(actor, {
      ...params,
      path,
      version,
      days: DAYS[days],
    })
    return attachment(bytes, isZip ? 'application/zip' : 'application/octet-stream', fileName)
  },
})
