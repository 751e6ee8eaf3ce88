/** What an administrator may set, both ends included: outside of it a setting would turn a part of the method off, or make it deaf. */
export const SETTING_BOUNDS = {
  /** New items that a team wants to see in a day, over the whole fleet. */
  itemsADay: { least: 1, most: 1000 },
  /** Shorter than a fortnight, weekends decide what is usual. */
  windowDays: { least: 14, most: 730 },
  halfLifeDays: { least: 3, most: 365 },
  /** λ. Features repeat each other: at 1 their sum says about three times too much. */
  noveltyShare: { least: 0, most: 1 },
  /** Bits of one reason; 6 takes a person to trust it, 12 is twice that. */
  riskBits: { least: 0, most: 12 },
  /** Domains of the organisation's own. */
  ownDomains: { least: 0, most: 100 },
} as const
