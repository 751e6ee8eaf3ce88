import { today } from '@/lib/clock'
import { pool } from '@/lib/store/pool'
import { readSettings } from '@/lib/store/settings'
import type { SettingsChange } from './change-settings'
import { queueRebuild, recompute } from './recompute/recompute'

/** For tests: the settings in force today, changed. */
export async function exampleSettings(
  change: Partial<SettingsChange['scoring']>,
  from: string | null = null,
): Promise<SettingsChange> {
  const { scoring, team } = await readSettings(pool(), today())
  return { scoring: { ...scoring, ...change }, team, from, read: { scoring, team } }
}

/** No settings but those that Cordon comes with, and everything derived by them. */
export async function forgetSettings(): Promise<void> {
  await pool().query('DELETE FROM setting')
  await queueRebuild(pool())
  await recompute(pool())
}
