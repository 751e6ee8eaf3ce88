import { findThreshold, type Threshold } from '@/lib/store/calibration'
import { pool } from '@/lib/store/pool'

export type { Threshold }

/** From which score on open items are shown; null = nothing was calibrated yet. */
export async function readThreshold(): Promise<Threshold | null> {
  return await findThreshold(pool())
}
