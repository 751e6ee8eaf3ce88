/** How something was written. */
export type Encoding =
  | 'escapes'
  | 'variables'
  | 'base64-utf-16'
  | 'base64'
  | 'base64-data'
  | 'url-escapes'
  | 'script-escapes'

/** A stretch of a text (end exclusive) and what it says; of data, what it seems to be. */
export type Stretch = { start: number; end: number; encoding: Encoding; text: string }
