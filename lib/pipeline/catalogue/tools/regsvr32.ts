import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { resolveLibrary, withLibraryExtension } from './known-libraries'
import { anyPiece, oddExtension, readSwitch, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, ToolGrammar, ToolTarget } from './tool-use'

const LIBRARIES: ReadonlySet<string> = new Set(['dll', 'ocx', 'ax', 'cpl', 'drv', 'acm', 'tlb', 'olb'])
const JOINED = /^(?:[-/][sunei]){2,}/i

/** `/s/u/i:…` is three switches. */
function separate(argument: Argument): Argument[] {
  const value = cleanText(argument.value)
  const joined = JOINED.exec(value)?.[0]
  if (joined === undefined) return [argument]
  const count = joined.length / 2
  return Array.from({ length: count }, (_, index) => {
    const start = argument.start + index * 2
    const last = index === count - 1
    return {
      value: last ? value.slice(index * 2) : value.slice(index * 2, index * 2 + 2),
      start,
      end: last ? argument.end : start + 2,
    }
  })
}

function installPiece(argument: Argument, value: string): Piece {
  const target = targetPiece({ ...argument, value })
  return { ...target, text: `/i:${target.text}` }
}

/** /i: hands its value to the library: with an address or a scriptlet it is code. */
function isCode({ class: location, extension }: ToolTarget): boolean {
  return (
    location === 'url' ||
    location === 'unc' ||
    location === 'webdav' ||
    extension === 'sct' ||
    extension === 'wsc'
  )
}

type Options = { pieces: Piece[]; names: Set<string>; code: Piece | null; passed: Piece | null }

function readOptions(switches: readonly Argument[]): Options {
  const options: Options = { pieces: [], names: new Set(), code: null, passed: null }
  for (const argument of switches) {
    const { name = '', value = '' } = readSwitch(argument.value) ?? {}
    options.names.add(name)
    const install = name === 'i' && value !== '' ? installPiece(argument, value) : null
    if (install?.target != null) {
      options.passed = install
      if (isCode(install.target)) options.code = install
    }
    options.pieces.push(install ?? switchPiece(argument))
  }
  return options
}

function modeOf(names: ReadonlySet<string>): string {
  if (names.has('u')) return 'unregister'
  if (names.has('n')) return 'install'
  return names.has('i') ? 'register-install' : 'register'
}

function read(line: CommandLine): Reading {
  const args = line.args.flatMap(separate)
  const isSwitch = (argument: Argument) => readSwitch(argument.value) !== null
  const options = readOptions(args.filter(isSwitch))
  const [file, ...rest] = args.filter((argument) => !isSwitch(argument))
  const library =
    file === undefined ? null : targetPiece({ ...file, value: resolveLibrary(cleanText(file.value).trim()) })
  const hosted = library?.target?.name ?? null
  const pieces = [...options.pieces, ...(library === null ? [] : [library]), ...rest.map(anyPiece)]
  const host = hosted === null ? null : withLibraryExtension(hosted)
  const passed = host === 'scrobj.dll' ? options.passed : options.code
  if (passed !== null)
    return { mode: 'scriptlet', pieces, target: passed.target, facts: ['scriptlet'], hosted: host }
  const target = library?.target ?? null
  const mode = target === null ? 'none' : modeOf(options.names)
  return { mode, pieces, target, facts: oddExtension(target, LIBRARIES), hosted: host }
}

/** regsvr32: `[/u] [/s] [/n] [/i[:value]] library`; /i: with an address or scrobj.dll runs a scriptlet. */
export const regsvr32: ToolGrammar = { slugs: ['regsvr32.exe'], read }
