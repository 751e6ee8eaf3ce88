import { RISK_REASONS } from '@/lib/pipeline/deviation/reasons/registry'
import type { Settings } from '@/lib/store/screens/tuning'

/** The form's fields, as typed. */
export type Fields = {
  itemsADay: string
  windowDays: string
  halfLifeDays: string
  noveltyShare: string
  /** One a line. */
  ownDomains: string
  /** Of every reason that can be weighed, by code. */
  riskBits: Readonly<Record<string, string>>
  /** '' = every day on record, 'date' = that of `date`, else a day. */
  from: string
  date: string
}

/** Reasons that add something; the others have no weight to set. */
export const WEIGHED_REASONS = RISK_REASONS.filter(({ weight }) => weight > 0)

export function toFields({ scoring, team }: Settings): Fields {
  const bits = WEIGHED_REASONS.map(({ code, weight }) => [code, String(scoring.riskBits[code] ?? weight)])
  return {
    itemsADay: String(team.itemsADay),
    windowDays: String(scoring.learning.windowDays),
    halfLifeDays: String(scoring.learning.halfLifeDays),
    noveltyShare: String(scoring.noveltyShare),
    ownDomains: scoring.ownDomains.join('\n'),
    riskBits: Object.fromEntries(bits),
    from: '',
    date: '',
  }
}

/** What the operations take; the settings as they were read go along. */
export function toChange(fields: Fields, read: Settings) {
  return {
    scoring: {
      noveltyShare: Number(fields.noveltyShare),
      ownDomains: fields.ownDomains.split(/[\s,;]+/).filter((name) => name !== ''),
      riskBits: Object.fromEntries(
        Object.entries(fields.riskBits).map(([code, bits]) => [code, Number(bits)]),
      ),
      learning: { windowDays: Number(fields.windowDays), halfLifeDays: Number(fields.halfLifeDays) },
    },
    team: { itemsADay: Number(fields.itemsADay) },
    from: fields.from === '' ? null : fields.from === 'date' ? fields.date : fields.from,
    read,
  }
}

/** Whether the fields say what is in force, whatever day they would hold from. */
export function isSame(fields: Fields, settings: Settings): boolean {
  const { from: _from, date: _date, ...values } = fields
  const { from: _oldFrom, date: _oldDate, ...old } = toFields(settings)
  return JSON.stringify(values) === JSON.stringify(old)
}
