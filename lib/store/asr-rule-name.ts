import { CONTROLS } from '@/lib/pipeline/event/event'
import { ASR_RULES } from '@/lib/pipeline/export/policy/asr-rules'
import { type Sql, sql } from './sql'

const ASR = CONTROLS.indexOf('asr')
const IDS = ASR_RULES.map(({ id }) => id)
const NAMES = ASR_RULES.map(({ name }) => name)

/** What the rule of attempt `a` is called: as its control called it; Defender tells ids alone, so its rules are named by us, those of rows stored long ago too. */
export const RULE_NAME: Sql = sql`coalesce(a.rule_name,
  CASE WHEN a.control = ${ASR} THEN (${NAMES}::text[])[array_position(${IDS}::text[], lower(a.rule_id))] END)`

/** Ids of the rules of Defender's whose names contain a text. */
export function asrRulesNamed(text: string): string[] {
  const wanted = text.toLowerCase()
  return ASR_RULES.flatMap(({ id, name }) => (name.toLowerCase().includes(wanted) ? [id] : []))
}
