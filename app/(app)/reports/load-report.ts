import { z } from 'zod'
import type { Actor } from '@/lib/pipeline/actor'
import type { Report } from '@/lib/pipeline/export/report/report'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { loadBinaryReport } from './binary'
import { loadCm0091Report } from './cm0091'
import { loadDecisionReport } from './decision'
import { loadWeekReport } from './week'

export const REPORT_NAMES = ['cm0091', 'week', 'binary', 'decision'] as const
export type ReportName = (typeof REPORT_NAMES)[number]

/** What a report is asked for, in its address. */
export const ReportQuery = z.object({
  from: z.iso
    .date()
    .optional()
    .describe('week: its first day, YYYY-MM-DD; the last week of data where none is named'),
  binary: z.string().max(260).optional().describe('binary: its name in the catalogue, as in rundll32.exe'),
  decision: z.coerce.number().int().min(1).max(999_999_999).optional().describe('decision: its number'),
})
export type ReportQuery = z.output<typeof ReportQuery>

export function isReportName(text: string): text is ReportName {
  return (REPORT_NAMES as readonly string[]).includes(text)
}

/** A report by its name; null where it is about something that does not exist, or that the actor may not see. */
export async function loadReport(
  actor: Actor,
  name: ReportName,
  { from, binary, decision }: ReportQuery,
  now: Date,
): Promise<Report | null> {
  const { scope } = actor
  switch (name) {
    case 'cm0091':
      return await loadCm0091Report(scope, now)
    case 'week':
      return await loadWeekReport(scope, now, from)
    case 'binary':
      return binary === undefined ? null : await loadBinaryReport(scope, now, binary, judgeOf(actor))
    case 'decision':
      return decision === undefined ? null : await loadDecisionReport(scope, now, decision, judgeOf(actor))
  }
}
