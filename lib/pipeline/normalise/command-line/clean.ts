import { expandVariables } from './environment'
import { foldCharacters } from './fold-characters'

const PRINTABLE = /^[ -~]*$/
const BLANK_CONTROLS = /[\t\n\r]/g
const CONTROLS = /\p{Cc}/gu
// a run is looked at from its first caret only: from each of them it would take quadratic time
const SHELL_CARET = /(?<!\^)\^+(?=[\w:/\\.&|<>"'()%-])/g

/**
 * One argument's text with everything taken out that does not change its meaning: NULs and control characters, Unicode stand-ins for
 * ASCII, letter case, known environment variables. Cleaning twice changes nothing.
 */
export function cleanText(raw: string): string {
  if (PRINTABLE.test(raw)) return expandVariables(raw.toLowerCase())
  return expandVariables(foldCharacters(raw.replace(BLANK_CONTROLS, ' ').replace(CONTROLS, '')).toLowerCase())
}

/** Takes out the carets that cmd.exe drops. Only for text a command shell reads: elsewhere a caret is an ordinary character. */
export function removeCarets(text: string): string {
  return text.includes('^') ? text.replace(SHELL_CARET, '') : text
}
