import { z } from 'zod'
import type { Scope } from '@/lib/pipeline/actor'
import type { Report } from '@/lib/pipeline/export/report/report'
import { loadCm0091Report } from './cm0091'
import { loadWeekReport } from './week'

export const REPORT_NAMES = ['cm0091', 'week'] as const
export type ReportName = (typeof REPORT_NAMES)[number]

/** What a report is asked for, in its address. */
export const ReportQuery = z.object({
  from: z.iso
    .date()
    .optional()
    .describe('week: its first day, YYYY-MM-DD; the last week of data where none is named'),
})
export type ReportQuery = z.output<typeof ReportQuery>

export function isReportName(text: string): text is ReportName {
  return (REPORT_NAMES as readonly string[]).includes(text)
}

/** A report by its name; null where it is about something that does not exist, or that the actor may not see. */
export async function loadReport(
  scope: Scope,
  name: ReportName,
  query: ReportQuery,
  now: Date,
): Promise<Report | null> {
  switch (name) {
    case 'cm0091':
      return await loadCm0091Report(scope, now)
    case 'week':
      return await loadWeekReport(scope, now, query.from)
  }
}
