import { z } from 'zod'
import { isReportName, loadReport, ReportQuery } from '@/app/(app)/reports/load-report'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { attachment } from '@/lib/http/attachment'
import { handler } from '@/lib/http/handler'
import { toPdf } from '@/lib/http/report-pdf'

export const dynamic = 'force-dynamic'

/** GET /api/reports/{name}.pdf: the page of the same name. */
export const GET = handler({
  action: 'export',
  costly: 'file',
  params: z.object({ name: z.string().max(100) }),
  query: ReportQuery,
  run: async ({ actor, params: { name: file }, query }) => {
    const name = file.replace(/\.pdf$/, '')
    if (!(file.endsWith('.pdf') && isReportName(name)))
      throw new ExpectedError('not-found', 'There is no such report.')
    const report = await loadReport(actor, name, query, now())
    if (report === null) throw new ExpectedError('not-found', 'There is nothing to report on by this name.')
    return attachment(await toPdf(report), 'application/pdf', file)
  },
})
