import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, oddExtension, readSwitch, scriptPiece, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'
import { joinUnquotedFile } from './unquoted-file'

/** Help files, their pages, and collections of help files. */
const HELP: ReadonlySet<string> = new Set(['chm', 'htm', 'html', 'col'])
const STORE = /^(?:mk:@msitstore:|ms-its:|its:)/
const UNQUOTED = /^[^"]{1,260}?\.chm(?:::\S{0,260})?(?=\s|$)/i
const INLINE = /^(?:javascript|vbscript|about):/

/** `ms-its:file.chm::/page.htm` opens a page of a help file: the file is what counts. */
function helpPiece(argument: Argument): Piece {
  const clean = cleanText(argument.value)
  if (INLINE.test(clean)) return scriptPiece(argument)
  const file = clean.replace(STORE, '')
  const page = file.indexOf('::')
  return targetPiece({ ...argument, value: page < 0 ? file : file.slice(0, page) })
}

function modeOf(names: readonly string[], piece: Piece | null): string {
  if (names.includes('decompile')) return 'decompile'
  if (piece === null) return 'none'
  if (piece.target === null) return 'inline-script'
  return piece.target.class === 'url' ? 'url' : 'file'
}

function read(commandLine: CommandLine): Reading {
  const line = joinUnquotedFile(commandLine, UNQUOTED)
  const switches = line.args.map((argument) => readSwitch(argument.value)?.name ?? null)
  const names = switches.filter((name) => name !== null)
  const last = switches.lastIndexOf(null)
  const pieces = line.args.map((argument, index) => {
    if (index === last) return helpPiece(argument)
    return switches[index] === null ? anyPiece(argument) : switchPiece(argument)
  })
  const opened = pieces[last] ?? null
  const target = opened?.target ?? null
  const facts = target?.class === 'url' ? [] : oddExtension(target, HELP)
  const mode = modeOf(names, opened)
  const unpacks: RiskFact[] = mode === 'decompile' ? ['decodes-file'] : []
  return { mode, pieces, target, facts: [...facts, ...unpacks], hosted: target?.name ?? null }
}

/** hh: a help file, page or address, opened or decompiled. */
export const hh: ToolGrammar = { slugs: ['hh.exe'], read }
