'use client'

import { CalendarRange } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useTableUrl } from '@/components/table/use-table-url'
import { Button } from '@/components/ui/button'
import { Menu, MenuCheck } from '@/components/ui/menu'
import { PERIODS } from '@/lib/pipeline/periods'
import { periodLabel, periodWords, usualPeriod } from './period'

/** How far the page looks back, on pages that do; the rail's links take the choice along. */
export function PeriodMenu() {
  const { params, go } = useTableUrl()
  const usual = usualPeriod(usePathname())
  if (usual === null) return null
  const isApart = params.has('from') || params.has('to')
  const chosen = isApart ? null : (params.get('days') ?? usual)
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="quiet" title="How far back this page looks, from the newest data on">
          <CalendarRange aria-hidden />
          <span className="sr-only">Period: </span>
          <span className="max-w-48 truncate max-sm:sr-only">{periodWords(params, usual)}</span>
        </Button>
      }
    >
      {PERIODS.map((days) => (
        <MenuCheck
          key={days}
          closes
          checked={days === chosen}
          onChange={() => go({ days: days === usual ? null : days, from: null, to: null })}
        >
          {periodLabel(days)}
        </MenuCheck>
      ))}
    </Menu>
  )
}
