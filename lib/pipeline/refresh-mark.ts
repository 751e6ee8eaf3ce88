/** A cookie that an open page sets for the moment in which it asks for itself anew, which nobody had it do. */
export const REFRESH_MARK = 'cordon-refresh'
/** Long enough to be sent along, and over before the next page is opened. */
export const REFRESH_MARK_SECONDS = 2
