import { today } from '@/lib/clock'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import { pool } from '@/lib/store/pool'
import { listSettingSpans, readSettings, type SettingSpan, type Settings } from '@/lib/store/settings'
import { rows, sql } from '@/lib/store/sql'

export type { Settings } from '@/lib/store/settings'

/** A change of settings, or an answer to a proposed threshold. */
export type SettingsEntry = { id: string; at: number; actor: string; action: string; detail: Json }

export type Tuning = {
  settings: Settings
  /** Values that were or will be in force, the newest first; empty = as shipped ever since. */
  spans: SettingSpan[]
  changes: SettingsEntry[]
}

const SHOWN_CHANGES = 50

/** The settings in force, and how they came to be. */
export async function readTuning(): Promise<Tuning> {
  const [{ scoring, team }, spans, changes] = await Promise.all([
    readSettings(pool(), today()),
    listSettingSpans(pool()),
    rows<SettingsEntry>(
      pool(),
      sql`SELECT id, at, actor_name AS actor, action, detail FROM audit_entry WHERE subject_kind = 'settings' ORDER BY id DESC LIMIT ${SHOWN_CHANGES}`,
    ),
  ])
  return { settings: { scoring, team }, spans, changes }
}
