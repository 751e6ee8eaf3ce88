'use server'

import { requireActor, requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  type KnownSchedule,
  pauseExportSchedule,
  removeExportSchedule,
  runExportSchedule,
  type ScheduleDraft,
  saveExportSchedule,
} from '@/lib/operations/exports/change-export-schedules'

export async function saveScheduleAction(
  draft: ScheduleDraft,
  known: KnownSchedule | null,
): Promise<ActionResult<string | null>> {
  return await actionResult(async () =>
    saveExportSchedule(await requireFreshSession('schedule-exports'), draft, known),
  )
}

export async function pauseScheduleAction(
  known: KnownSchedule,
  paused: boolean,
): Promise<ActionResult<void>> {
  const actor = await requireActor('schedule-exports')
  return await actionResult(() => pauseExportSchedule(actor, known, paused))
}

export async function removeScheduleAction(id: number): Promise<ActionResult<void>> {
  const actor = await requireActor('schedule-exports')
  return await actionResult(() => removeExportSchedule(actor, id))
}

export async function runScheduleAction(id: number): Promise<ActionResult<void>> {
  const actor = await requireActor('schedule-exports')
  return await actionResult(() => runExportSchedule(actor, id))
}
