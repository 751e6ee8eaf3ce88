/** How far back people choose to look, in days that there is data for. */
export const PERIODS = ['1', '7', '30', '90', '180', 'all'] as const

/** What lists and exports look back over where nobody chose. */
export const LIST_DAYS = 30
/** What the page of one binary or host does. */
export const DETAIL_DAYS = 90
