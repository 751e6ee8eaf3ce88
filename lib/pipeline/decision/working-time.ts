/** Bits of the UTC hours of a working day: 07:00 to 18:59. Origin: a European office; elsewhere the same share of a day shifts with the zone. */
export const WORKING_HOURS_MASK = 0b0000_0111_1111_1111_1000_0000

/** As a sentence says it. */
export const WORKING_TIME_WORDS = 'Monday to Friday, 07:00 to 19:00 UTC'
