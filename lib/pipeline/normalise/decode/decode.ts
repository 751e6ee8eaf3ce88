import { findBase64 } from './base64'
import { findScriptEscapes, findUrlEscapes, withoutEscapes } from './escapes'
import type { Encoding, Stretch } from './stretch'
import { withVariables } from './variables'

/** What a stretch of a text says, and what is encoded in that again. */
export type Decoded = Stretch & {
  /** More was there than is decoded. */
  cut: boolean
  inner: readonly Decoded[]
}

/** Windows takes no longer command line. */
const MAX_CHARACTERS = 32_768
const MAX_DEPTH = 6
/** Of all layers together, in UTF-16 units: a page shows them whole. */
const MAX_DECODED = 131_072
const MAX_STRETCHES = 48

/** Rewrite a text as a whole: carets and quotes run through all of it. */
const REWRITERS: readonly (readonly [encoding: Encoding, rewrite: (text: string) => string])[] = [
  ['escapes', withoutEscapes],
  ['variables', withVariables],
]
const FINDERS: readonly ((text: string) => Stretch[])[] = [findBase64, findUrlEscapes, findScriptEscapes]

type Budget = { characters: number; stretches: number }

/**
 * What is encoded in a command line, layer by layer: escapes of the command shell and of scripts, variables, Base64 (PowerShell's
 * -EncodedCommand too), escapes of addresses. Nothing is run: the result is text. Linear in the input; layers, stretches and what they
 * hold together are bounded, whatever the input.
 */
export function decode(commandLine: string): Decoded[] {
  return decodeLayer(commandLine, 0, { characters: MAX_DECODED, stretches: MAX_STRETCHES })
}

function decodeLayer(written: string, depth: number, budget: Budget): Decoded[] {
  if (depth === MAX_DEPTH) return []
  const text = written.slice(0, MAX_CHARACTERS)
  return stretchesOf(text).flatMap((stretch) => {
    if (budget.stretches === 0 || budget.characters === 0) return []
    const shown = stretch.text.slice(0, budget.characters)
    budget.stretches -= 1
    budget.characters -= shown.length
    const cut = shown.length < stretch.text.length || (stretch.end === text.length && text !== written)
    const inner = stretch.encoding === 'base64-data' ? [] : decodeLayer(shown, depth + 1, budget)
    return [{ ...stretch, text: shown, cut, inner }]
  })
}

function stretchesOf(text: string): Stretch[] {
  for (const [encoding, rewrite] of REWRITERS) {
    const read = rewrite(text)
    if (read !== text) return [{ start: 0, end: text.length, encoding, text: read }]
  }
  const found = FINDERS.flatMap((find) => find(text)).sort((a, b) => a.start - b.start)
  return found.filter(({ start }, index) => index === 0 || start >= (found[index - 1]?.end ?? 0))
}
