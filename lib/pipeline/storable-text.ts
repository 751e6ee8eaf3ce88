/**
 * Text as PostgreSQL can store it and give it back: NUL becomes its symbol U+2400, half a surrogate pair (which a log can hold, and a
 * cut can make) U+FFFD. Otherwise one record could stop a whole batch, or not be found again under the name it was stored with.
 */
export function storableText(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '\u2400') : text).toWellFormed()
}
