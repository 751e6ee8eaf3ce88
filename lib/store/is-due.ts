import { LONGEST_RETRY_SECONDS } from '@/lib/pipeline/decision/notification'
import { type Sql, sql } from './sql'

/**
 * Whether the time has come for another attempt; `at` is the column that says when. What lies further ahead than any attempt waits was written by a
 * clock that was put back since: it is due, too.
 */
export function isDue(at: Sql): Sql {
  return sql`(${at} <= now() OR ${at} > now() + make_interval(secs => ${LONGEST_RETRY_SECONDS}))`
}
