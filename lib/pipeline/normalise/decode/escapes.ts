import { Buffer } from 'node:buffer'
import { removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import type { Stretch } from './stretch'

const CARET_IN_WORD = /[a-z]\^{1,3}[a-z]/i
const QUOTE_IN_WORD = /(?<=[a-z0-9])"{1,2}(?=[a-z0-9])/gi
const BACKTICK_IN_WORD = /(?<=[a-z])`(?=[a-z])/gi
/** 'po'+'wer' and "po" + "wer": a quote that ends, a plus, the same quote that begins. */
const JOINED_TEXTS = /(['"])\s{0,8}\+\s{0,8}\1/g
/** PowerShell's [char]0x41 and VBScript's Chr(65). */
const CHARACTER = /(?:\[char\]\s{0,4}(0x[0-9a-f]{1,4}|\d{1,5})|\bchrw?\(\s{0,4}(\d{1,5})\s{0,4}\))/gi
/** Fewer than this happen by chance. */
const FEWEST = 2

/** A text as cmd.exe, PowerShell or VBScript reads it: carets, quotes and backticks within words gone, texts in pieces joined. */
export function withoutEscapes(text: string): string {
  const carets = CARET_IN_WORD.test(text) ? removeCarets(text) : text
  const words = [QUOTE_IN_WORD, BACKTICK_IN_WORD].reduce(withoutAll, carets)
  return words.replace(CHARACTER, toQuotedCharacter).replace(JOINED_TEXTS, '')
}

function withoutAll(text: string, sign: RegExp): string {
  return (text.match(sign)?.length ?? 0) < FEWEST ? text : text.replace(sign, '')
}

function toQuotedCharacter(written: string, powershell?: string, basic?: string): string {
  const code = Number(powershell ?? basic)
  return code >= 32 && code <= 0xffff ? `'${String.fromCharCode(code)}'` : written
}

const WORD = /[^\s"'<>]+/g
const URL_ESCAPES = /(?:%[0-9a-f]{2})+/gi
const FEWEST_OUTSIDE_URLS = 3

/** Words with %20 and the like: of an address one is enough. */
export function findUrlEscapes(text: string): Stretch[] {
  if (!text.includes('%')) return []
  return Array.from(text.matchAll(WORD)).flatMap(({ 0: word, index }) => {
    const read = word.replace(URL_ESCAPES, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
    )
    const escapes = (word.match(URL_ESCAPES) ?? []).join('').length / 3
    if (escapes < (word.includes('://') ? 1 : FEWEST_OUTSIDE_URLS)) return []
    return [{ start: index, end: index + word.length, encoding: 'url-escapes', text: read } as const]
  })
}

const SCRIPT_ESCAPE = /\\x([0-9a-f]{2})|(?:\\u|%u)([0-9a-f]{4})/gi

/** Words with \x41, \u0041 and %u0041, as scripts write them. */
export function findScriptEscapes(text: string): Stretch[] {
  return Array.from(text.matchAll(WORD)).flatMap(({ 0: word, index }) => {
    if ((word.match(SCRIPT_ESCAPE)?.length ?? 0) < FEWEST_OUTSIDE_URLS) return []
    const read = word.replace(SCRIPT_ESCAPE, (_, narrow?: string, wide?: string) =>
      String.fromCharCode(Number.parseInt(narrow ?? wide ?? '', 16)),
    )
    return [{ start: index, end: index + word.length, encoding: 'script-escapes', text: read } as const]
  })
}
