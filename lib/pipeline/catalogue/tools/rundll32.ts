import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { WELL_KNOWN_CLSIDS } from '@/lib/pipeline/normalise/command-line/well-known-clsids'
import { withoutDocumentName } from './documents'
import { appletFacts, misplacedLibrary, resolveApplet, withLibraryExtension } from './known-libraries'
import { launchedPieces } from './launched-loader'
import { BY_NUMBER, openedFrom } from './location-facts'
import { anyPiece, fixedPiece, isFlag, oddExtension, scriptPiece, switchPiece, targetPiece } from './piece'
import {
  CREDENTIAL_CALLS,
  type Export,
  FOREIGN_EXPORTS,
  LAUNCHERS,
  LOADER_EXPORTS,
  readExport,
} from './rundll32-exports'
import { hosted, INLINE_HOST, isInline, named, startsClass } from './rundll32-hosted'
import { type RundllTail, readRundllTail } from './rundll32-tail'
import type { Piece, Reading, RiskFact, ToolGrammar, ToolTarget } from './tool-use'

const LIBRARIES: ReadonlySet<string> = new Set(['dll', 'cpl', 'ocx', 'drv', 'ax'])
const CLSID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/
/** A window of Explorer as a class of its own, which COM starts for whoever asks, another host too (ATT&CK T1021.003); programs ask for ShellWindows. */
const SHELL_BROWSER_WINDOW = 'c08afd90-f2a1-11d1-8455-00a0c91f3880'
/** A file with its origin, as ClickOnce is given a shortcut's. */
const SOURCE = /\|https?:/

/** Kinds of file that run when opened. */
const STARTED: ReadonlySet<string> = new Set(
  'exe com scr bat cmd pif hta js jse vbs vbe wsf wsh ps1 inf msi cpl dll ocx lnk jar'.split(' '),
)
/** Folders that only installers write to: a set-up file in them came with its product. */
const INSTALLED: ReadonlySet<string> = new Set(['system', 'windows', 'program-files'])
/** `file.cpl,@1` and `file.inf,Section,1`: the file ends at the comma. `file.appref-ms|address` names where it comes from behind a bar. */
function filePiece(argument: Argument): Piece {
  const [named = '', ...rest] = cleanText(argument.value).split(',')
  const [file = '', ...more] = named.split('|')
  const piece = targetPiece({ ...argument, value: resolveApplet(file) })
  const sources = more.map((value) => targetPiece({ ...argument, value }))
  const text = [piece, ...sources].map((one) => one.text).join('|')
  const facts = [piece, ...sources].flatMap((one) => one.facts)
  return { ...piece, facts, text: [text, ...rest.map(mask)].join(',') }
}

function appletPiece(args: readonly Argument[]): Piece[] {
  const [first, ...rest] = args
  if (first === undefined) return []
  const piece = filePiece(first)
  return [{ ...piece, facts: [...piece.facts, ...appletFacts(piece.target)] }, ...rest.map(anyPiece)]
}

function readApplet(head: readonly Piece[], tail: RundllTail, hosted: string, text: string): Reading {
  const applet = appletPiece(joinSpacedApplet(tail.args, text))
  const target = applet[0]?.target ?? null
  return {
    mode: target === null ? 'control-panel' : 'applet',
    pieces: [...head, ...applet],
    target,
    facts: [],
    hosted,
  }
}

/** The applet's path may hold blanks without quotes: it ends at its extension, and the page's number. */
const APPLET_FILE = /^[a-z]:\\[^",]{1,260}?\.cpl(?:,\S{0,64})?(?=\s|$)/i

/** These take the rest of the line for one path or address, blanks and all, as Explorer hands it without quotes. */
const WHOLE_REST: ReadonlySet<string> = new Set([
  'zipfldr.dll,routethecall',
  'shell32.dll,openas_rundll',
  'ieframe.dll,openurl',
  'shdocvw.dll,openurl',
  'url.dll,openurl',
  'url.dll,fileprotocolhandler',
])
const REST_PATH = /(?<=\s)(?:[a-z]:\\|\\\\)[^"]{1,260}$/i

/** `Section number path`: setupapi takes the rest of the line for the path, blanks and all. */
const SET_UP_FILE = /(?<=\s)[a-z]:\\[^"]{1,260}?\.inf$/i

function joinLastPath(args: readonly Argument[], text: string, path: RegExp): readonly Argument[] {
  // with the blank before the first argument
  const from = Math.max(0, (args[0]?.start ?? text.length) - 1)
  const found = path.exec(text.slice(from).trimEnd())
  if (found === null) return args
  const start = from + found.index
  const value = found[0]
  return [...args.filter((argument) => argument.end <= start), { value, start, end: start + value.length }]
}

/** As joinLastPath, for the first of the arguments; what follows the applet stays as it is. */
function joinSpacedApplet(args: readonly Argument[], text: string): readonly Argument[] {
  const start = args[0]?.start ?? text.length
  const value = APPLET_FILE.exec(text.slice(start))?.[0]
  if (value?.includes(' ') !== true) return args
  const end = start + value.length
  return [{ value, start, end }, ...args.filter((argument) => argument.start >= end)]
}

/** Where only Windows' own installation of devices puts drivers, once it has checked who made them. */
const STORED_DRIVER = /^<system>\\driverstore\\filerepository\\[^\\]{1,256}\\[^\\]{1,256}\.inf$/

/** A launcher handed a program, script or set-up file runs it; a web page or document is only opened. */
function launchFacts(call: string, target: ToolTarget | null, text: string): readonly RiskFact[] {
  const extension = target?.extension ?? null
  if (STORED_DRIVER.test(text)) return []
  // it only asks the user what to open the file with
  if (call === 'shell32.dll,openas_rundll') return ['opens-file']
  if (extension === 'inf' && INSTALLED.has(target?.class ?? '')) return ['opens-file']
  if (extension !== null && STARTED.has(extension)) return ['launches-program']
  if (call.startsWith('dfshim.dll,')) return ['remote-url']
  // it shows what an archive holds; anything else is handed on to whatever opens it
  if (call === 'zipfldr.dll,routethecall' && extension !== 'zip') return ['launches-program']
  return extension === null && target?.class !== 'url' ? ['launches-command'] : ['opens-file']
}

/** Explorer told to show a file among others opens a window and runs nothing. */
function onlyShows(args: readonly Argument[]): boolean {
  const [program, what] = args.map(({ value }) => cleanText(value))
  return /^explorer(?:\.exe)?$/.test(program ?? '') && /^\/select,/.test(what ?? '')
}

/** Name a section and a number before the file; all others are given the file first. */
const SECTION_FIRST: ReadonlySet<string> = new Set([
  'setupapi.dll,installhinfsection',
  'syssetup.dll,setupinfobjectinstallaction',
])

function launchedFile(args: readonly Argument[], call: string): Argument | undefined {
  const named = SECTION_FIRST.has(call) ? args.find(({ value }) => /[\\/.:]/.test(value)) : undefined
  return named ?? args.find((argument) => !isFlag(argument)) ?? args[0]
}

function readLauncher(head: readonly Piece[], tail: RundllTail, call: string, text: string): Reading {
  const args = joinLastPath(tail.args, text, WHOLE_REST.has(call) ? REST_PATH : SET_UP_FILE)
  const file = launchedFile(args, call)
  const handed =
    file === undefined
      ? []
      : launchedPieces(
          file,
          args.filter((argument) => argument !== file),
        )
  const words = [...handed, ...(file === undefined ? [] : [filePiece(file)])].toSorted(
    (a, b) => a.start - b.start,
  )
  const opened = words.find((word) => word.start === file?.start)
  const target = opened?.target ?? null
  const facts = onlyShows(args) ? (['opens-file'] as const) : launchFacts(call, target, opened?.text ?? '')
  const judged = facts.includes('opens-file')
    ? words.map((word) => ({ ...withoutDocumentName(word), facts: openedFrom(word.facts) }))
    : words
  return {
    mode: 'launch',
    pieces: [...head, ...judged],
    target,
    facts: [...facts],
    hosted: call.split(',', 1)[0] ?? null,
  }
}

/** A program's own share, which it offers on this host (RFC 1122). */
const OF_THIS_HOST = /^https?:\/\/(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost)(?=[:/]|$)/

function isOfThisHost(args: readonly Argument[]): boolean {
  return OF_THIS_HOST.test(cleanText(args.at(-1)?.value ?? ''))
}

/** `server[@ssl][@port] address`: one share named twice, so it is shown and judged once. */
function sharePieces(args: readonly Argument[]): Piece[] {
  const address = args.at(-1)
  if (address === undefined) return []
  const share = anyPiece(address)
  return [{ ...share, facts: share.facts.filter((fact) => BY_NUMBER.has(fact)) }]
}

function clsidPiece(argument: Argument): Piece {
  const clean = cleanText(argument.value)
  if (SOURCE.test(clean)) return filePiece(argument)
  return CLSID.test(clean) ? fixedPiece(argument, clean, 'value') : anyPiece(argument)
}

function readCom(tail: RundllTail, switches: readonly Piece[]): Reading {
  const words = [tail.library, tail.entry, ...tail.args].filter((word) => word !== null)
  return {
    mode: 'com',
    pieces: [...switches, ...words.map(clsidPiece)],
    target: null,
    facts: ['com-class'],
    hosted: null,
  }
}

/** `/ia /f driver.inf` installs a printer driver: its set-up file runs what it says, so where it lies counts. */
function driverPieces(args: readonly Argument[]): Piece[] {
  return args.map((argument, at) =>
    /^\/f$/i.test(args[at - 1]?.value ?? '') ? targetPiece(argument) : clsidPiece(argument),
  )
}

/** Exports whose meaning is known apart from what they are given. */
function modeOf(
  library: string,
  exported: Export,
  args: readonly Argument[],
): { mode: string; facts: RiskFact[] } {
  const call = `${library},${exported.name}`
  if (CREDENTIAL_CALLS.has(call)) return { mode: 'export', facts: ['credential-store'] }
  if (call === 'comsvcs.dll,minidump') return { mode: 'memory-dump', facts: ['dumps-memory'] }
  if (call === 'davclnt.dll,davsetcookie') return { mode: 'webdav', facts: ['webdav-visit'] }
  if (call === 'shell32.dll,shcreatelocalserverrundll') {
    const clsid = CLSID.exec(cleanText(args[0]?.value ?? ''))?.[1] ?? ''
    if (clsid === SHELL_BROWSER_WINDOW) return { mode: 'com', facts: ['dcom-object'] }
    return { mode: 'com', facts: WELL_KNOWN_CLSIDS.has(clsid) ? [] : ['com-object'] }
  }
  if (exported.name.startsWith('zzzzinvokemanagedcustomaction')) return { mode: 'custom-action', facts: [] }
  if (exported.ordinal) return { mode: 'ordinal', facts: ['ordinal'] }
  if (FOREIGN_EXPORTS.has(exported.name)) return { mode: 'export', facts: ['foreign-export'] }
  if (LOADER_EXPORTS.has(exported.name)) return { mode: 'export', facts: ['loader-export'] }
  return { mode: exported.name === '' ? 'no-export' : 'export', facts: [] }
}

function readCall(tail: RundllTail, library: Argument, switches: readonly Piece[], text: string): Reading {
  const loaded = targetPiece(named(library))
  const hosted = withLibraryExtension(loaded.target?.name ?? '')
  const exported = readExport(hosted, tail.entry)
  const file =
    loaded.target === null ? null : { ...loaded.target, extension: loaded.target.extension ?? 'dll' }
  const odd = oddExtension(file, LIBRARIES)
  const misplaced = misplacedLibrary(file)
  const end = tail.entry?.end ?? library.end
  const ordinal: RiskFact[] = exported.ordinal ? ['ordinal'] : []
  const shown = exported.name === '' ? loaded.text : `${loaded.text},${exported.name}`
  const call: Piece = {
    ...loaded,
    text: shown,
    end,
    facts: [...loaded.facts, ...odd, ...misplaced, ...ordinal],
    target: file,
  }
  const head = [...switches, call]
  if (hosted === 'shell32.dll' && exported.name.startsWith('control_rundll'))
    return readApplet(head, tail, hosted, text)
  const exportCall = `${hosted},${exported.name}`
  if (LAUNCHERS.has(exportCall)) return readLauncher(head, tail, exportCall, text)
  const { mode, facts } = modeOf(hosted, exported, tail.args)
  if (mode === 'webdav') {
    const share = sharePieces(tail.args)
    const isHere = isOfThisHost(tail.args)
    const pieces = [...head, ...(isHere ? share.map((piece) => ({ ...piece, facts: [] })) : share)]
    return { mode, pieces, target: file, facts: isHere ? [] : facts, hosted }
  }
  const words =
    exportCall === 'printui.dll,printuientry' ? driverPieces(tail.args) : tail.args.map(clsidPiece)
  return { mode, pieces: [...head, ...words], target: file, facts, hosted }
}

function read(line: CommandLine): Reading {
  const tail = readRundllTail(line.text, line.tailStart)
  const switches = tail.switches.map(switchPiece)
  if (isInline(tail)) {
    const pieces = [...switches, scriptPiece(tail.raw)]
    return { mode: 'inline-script', pieces, target: null, facts: [], hosted: INLINE_HOST }
  }
  if (startsClass(switches)) return readCom(tail, switches)
  if (tail.library === null) return { mode: 'none', pieces: switches, target: null, facts: [], hosted: null }
  return readCall(tail, tail.library, switches, line.text)
}

/** rundll32: `[switches] library,entry arguments`, parsed by rundll32 itself from the raw tail. */
export const rundll32: ToolGrammar = { slugs: ['rundll32.exe'], read, hosted }
