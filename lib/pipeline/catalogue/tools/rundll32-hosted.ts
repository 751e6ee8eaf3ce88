import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { resolveLibrary, withLibraryExtension } from './known-libraries'
import { switchPiece, targetName } from './piece'
import { type RundllTail, readRundllTail } from './rundll32-tail'
import type { Piece } from './tool-use'

const INLINE =
  /^(?:javascript|vbscript|about):|mshtml(?:\.dll)?\s{0,8}[\s,]\s{0,8}(?:runhtmlapplication|#135)/
const COM_SWITCHES = /^\/(?:sta|localserver)$/
/** What runs a script in the command line. */
export const INLINE_HOST = 'mshtml.dll'

/** A library with the name that Windows finds it by. */
export function named(library: Argument): Argument {
  return { ...library, value: resolveLibrary(cleanText(library.value).trim()) }
}

/** Whether a script stands in the command line. */
export function isInline({ raw }: RundllTail): boolean {
  return INLINE.test(cleanText(raw.value).replaceAll('"', ''))
}

/** Whether a COM class is started, whose library no command line names. */
export function startsClass(switches: readonly Piece[]): boolean {
  return switches.some((piece) => COM_SWITCHES.test(piece.text))
}

/** The library that rundll32 loads, by file name; null where it loads none by name. */
export function hosted(line: CommandLine): string | null {
  const tail = readRundllTail(line.text, line.tailStart)
  if (isInline(tail)) return INLINE_HOST
  if (tail.library === null || startsClass(tail.switches.map(switchPiece))) return null
  return withLibraryExtension(targetName(named(tail.library).value) ?? '')
}
