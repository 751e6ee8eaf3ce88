/** The theme last used in this browser, for the pages before signing in. */
export const THEME_COOKIE = 'cordon-theme'
export const THEME_COOKIE_SECONDS = 365 * 86_400
