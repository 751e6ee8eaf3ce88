import { sql } from './sql'

/** Records of one process may lie this far apart (see normalise/correlate.ts). */
export const PARTNER_REACH = sql`interval '27 hours'`
/** The same in microseconds. */
export const PARTNER_REACH_US = 27 * 3_600_000_000
