'use client'

import { Download, Printer } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import type { ReportName, ReportQuery } from './load-report'

type ReportActionsProps = {
  name: ReportName
  query: ReportQuery
  /** The first day of the week that is shown. */
  weekStart: string | null
}

/** What can be done with a report; none of it is printed. */
export function ReportActions({ name, query, weekStart }: ReportActionsProps) {
  const router = useRouter()
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  )
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2 print:hidden">
      {name === 'week' && (
        <label className="flex items-center gap-2">
          Week from
          <input
            type="date"
            defaultValue={weekStart ?? query.from}
            onChange={(event) =>
              event.target.value && router.replace(`/reports/week?from=${event.target.value}`)
            }
            className="h-7 rounded border border-line-strong bg-raised px-2"
          />
        </label>
      )}
      <a
        href={`/api/reports/${name}.pdf?${search}`}
        download
        className="inline-flex h-7 items-center gap-1.5 rounded border border-line-strong bg-raised px-2.5 font-medium hover:bg-hover [&_svg]:size-3.5"
      >
        <Download aria-hidden />
        PDF
      </a>
      <Button onClick={() => window.print()}>
        <Printer aria-hidden />
        Print
      </Button>
    </div>
  )
}
