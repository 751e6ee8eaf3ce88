import type { Signature } from '@/lib/pipeline/baseline/signature'
import { SCRIPT_LENGTH_MAX } from '@/lib/pipeline/catalogue/tools/piece'

/** A batch file has no other way to show a message: the call, up to its arguments. */
const MESSAGE =
  /^mshta ["']?(?:vbscript|javascript):["']?(execute\(["']{1,3})?(?:msgbox|alert|createobject\(["']{1,2}wscript\.shell["']{1,2}\)\.popup)\b/
/** Texts. Within `execute("…")` quotes are written twice, and a single one ends it. */
const LITERALS = /"[^"]*"|'[^']*'/g
const LITERALS_WITHIN = /""[^"]*""/g
/** A quote behind a backslash, or written as a number behind a percent sign, would tell text and code apart otherwise than they are. */
const ESCAPED = /\\["'\\]|%[0-9a-f<]/
/** What may stand beside the texts: numbers, constants, line breaks between texts, and closing the window. */
const HARMLESS = /^(?:[\s,;:()"'&+]|<n>|\d|vb[a-z]{2,18}\b|null\b|(?:(?:window|self)\.)?close\b)*$/
const HARMLESS_WITHIN = /^(?:[\s,;:()"']|<n>|\d|vb[a-z]{2,18}\b|(?:(?:window|self)\.)?close\b)*$/

/** Whether an inline script shows a message of literals, closes itself and does nothing else; of one that the pattern cuts off nobody knows. */
export function isOnlyMessage({ slug, pattern }: Signature): boolean {
  const text = pattern ?? ''
  const found = MESSAGE.exec(text)
  if (slug !== 'mshta.exe' || found === null || text.length >= SCRIPT_LENGTH_MAX || ESCAPED.test(text))
    return false
  const rest = text.slice(found[0].length)
  return found[1] === undefined
    ? HARMLESS.test(rest.replace(LITERALS, ''))
    : HARMLESS_WITHIN.test(rest.replace(LITERALS_WITHIN, ''))
}
