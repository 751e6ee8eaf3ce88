import { glyph } from '@/lib/pipeline/visible-text'

/** Control characters, invisible ones and those that turn the direction of text: they could make a name read as another. */
const TREACHEROUS = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu
const MAX_LENGTH = 400

/**
 * A text that people wrote, for a place where only people read it: one line, nothing invisible, each treacherous character spelled out
 * ("[U+202E]"), cut to 400 characters. It still has to be escaped for the language it is put into.
 */
export function inertText(text: string): string {
  const oneLine = text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(TREACHEROUS, glyph)
    .trim()
  return oneLine.length > MAX_LENGTH
    ? `${oneLine.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`
    : oneLine
}

/** A part of a file's name: lower-case letters, digits and dashes of a text, at most 60; "unnamed" where nothing is left. */
export function fileNamePart(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return plain === '' ? 'unnamed' : plain
}
