/** A cookie that an open page sets when it asks for itself anew, which nobody had it do, and takes away as soon as somebody acts. */
export const REFRESH_MARK = 'cordon-refresh'
/** A refresh is sent once the one before it has ended, however slow its page is; where no page refreshes itself any more, the mark ends. */
export const REFRESH_MARK_SECONDS = 60
