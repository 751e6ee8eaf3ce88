import { type Sql, sql } from './sql'

/** Whether `detail` of a change of Defender's sets a rule to this value: `…\ASR\Rules\GUID = 0x1`, where 0 is off, 1 block, 2 audit, 6 warn. */
export function setsRuleTo(value: 1 | 2 | 6): Sql {
  return sql`detail ~* ${`=\\s*(0x)?0*${value}\\s*$`}`
}
