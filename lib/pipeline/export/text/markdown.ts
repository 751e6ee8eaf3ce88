import { inertText } from './inert-text'

/** What Markdown takes for markup within a line, and what it would make a link of by itself. */
const MARKUP = /[\\`*_[\]<>&|~@#!]|:(?=\/)|(?<=www)\./gi

/** A text of people as Markdown that means just it, inert and on one line. It has to stand behind other words: a line's first sign may be markup too. */
export function markdownText(text: string): string {
  return inertText(text).replace(MARKUP, '\\$&')
}
