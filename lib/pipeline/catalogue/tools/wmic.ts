import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece, quoteProgram } from './command-piece'
import { isLocalHost } from './data-piece'
import { GUARDS } from './guards'
import { anyPiece, fixedPiece, readSwitch, switchPiece, targetPiece } from './piece'
import { isInterpreter } from './shell-command'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

/** Formats that wmic ships with; anything else names a stylesheet, which can hold script. */
const FORMATS = new Set([
  'csv',
  'hform',
  'htable',
  'hxml',
  'list',
  'mof',
  'rawxml',
  'table',
  'texttable',
  'texttablewsys',
  'textvaluelist',
  'value',
  'xml',
  'htable.xsl',
  'csv.xsl',
  'list.xsl',
])
const SUBSCRIPTION = /^__(?:eventfilter|filtertoconsumerbinding)|eventconsumer$/
const VERBS = new Set(['list', 'get', 'call', 'create', 'delete', 'set', 'assoc'])

function formatPiece(argument: Argument, value: string): Piece {
  const name = value.split(/[:,]/)[0] ?? ''
  if (FORMATS.has(value) || FORMATS.has(name))
    return fixedPiece(argument, `/format:${FORMATS.has(value) ? value : name}`, 'switch')
  const sheet = targetPiece({ ...argument, value })
  return { ...sheet, text: `/format:${sheet.text}`, facts: ['scriptlet', ...sheet.facts] }
}

/** Which host is asked says nothing of what is asked; that it is named by its number does. */
function isAddress(host: string): boolean {
  return mask(host).startsWith('<ip>')
}

function nodePiece(argument: Argument, value: string): Piece {
  if (value.startsWith('@'))
    return fixedPiece(argument, '/node:@<file>', 'switch', ['remote-host', 'many-hosts'])
  const local = isLocalHost(value)
  return fixedPiece(
    argument,
    local ? '/node:localhost' : isAddress(value) ? '/node:<ip>' : '/node:<host>',
    'switch',
    local ? [] : ['remote-host'],
  )
}

function wordPiece(argument: Argument): Piece {
  const parts = readSwitch(argument.value)
  if (parts === null) return anyPiece(argument)
  if (parts.name === 'format' && parts.value !== '') return formatPiece(argument, parts.value)
  if (parts.name === 'node') return nodePiece(argument, parts.value)
  if (parts.name === 'user') return fixedPiece(argument, '/user:<account>', 'masked')
  if (parts.name === 'password') return fixedPiece(argument, '/password:<secret>', 'masked')
  return switchPiece(argument)
}

/** What administrators have other hosts do, and what starts nothing of anybody's choice. */
const ERRANDS: ReadonlySet<string> = new Set([
  'gpupdate',
  'shutdown',
  'w32tm',
  'klist',
  'ipconfig',
  'usoclient',
])

/** The same by way of a shell that does nothing else. */
const ERRAND_OF_SHELL = new RegExp(
  `^"?(?:[a-z]:\\\\windows\\\\system32\\\\)?cmd(?:\\.exe)?"? {1,4}/c {1,4}"?(?:${[...ERRANDS].join('|')})(?:\\.exe)?(?: [\\w /:.-]{0,64})?"?$`,
  'i',
)

/** Classes whose `create` is given a program; that of shadow copies is given a drive. */
const STARTS_PROGRAMS = /(?:^|[:\\])(?:win32_)?(?:process|service|job|scheduledjob)$/

/** The command after `process call create`, quoted or not, is all that follows. */
function createdCommand(line: CommandLine, from: number): Piece | null {
  const first = line.args[from]
  if (first === undefined) return null
  const rest = line.text.slice(first.start)
  const value = line.args.length === from + 1 ? first.value : rest
  const command = value.trim().replace(/^['"]|['"]$/g, '')
  const piece = commandPiece({ value: quoteProgram(command), start: first.start, end: line.text.length })
  if (ERRAND_OF_SHELL.test(command)) return { ...piece, facts: ['opens-file'] }
  const runsNothing = ERRANDS.has(piece.target?.name?.replace(/\.exe$/, '') ?? '')
  const isInPlace = isInstalled(piece.target?.class ?? 'bare')
  // named without its folder it is told by that already
  if (isInPlace && isInterpreter(piece.target?.name ?? ''))
    return {
      ...piece,
      facts: ['launches-program', ...piece.facts.filter((fact) => fact !== 'launches-command')],
    }
  const isPlaced = isInPlace || (runsNothing && piece.target?.class === 'bare')
  return isPlaced && piece.facts.length === 1 ? { ...piece, facts: ['opens-file'] } : piece
}

function verbOf(words: readonly string[]): string {
  const verb = words.find((word) => VERBS.has(word))
  return verb ?? (words.length === 0 ? 'none' : 'query')
}

/** What takes a guard away, or has it look elsewhere. */
const CHANGES = /^(?:uninstall|stopservice|changestartmode|terminate|add|set)$/
/** Lets anybody with a password in by remote desktop; whoever runs the fleet has a policy for it. */
const OPENS_DESKTOP = 'setallowtsconnections'
/** Takes the host out of its domain, and so from under its policies. */
const LEAVES_DOMAIN = 'unjoindomainorworkgroup'
/** The classes in which Windows lists its guards: attackers ask before they act, inventories ask as well. */
const ASKED_GUARDS = /^(?:antivirusproduct|antispywareproduct|firewallproduct)$/

/** Whatever is called like something, by its name or command line. */
const LIKE = /\blike\s{0,4}["'(]{0,2}[^"']{0,64}%/
const STOPPED = new Set(['process', 'win32_process', 'service', 'win32_service'])
const STOPS = /^(?:terminate|delete|stopservice|changestartmode|pauseservice)$/

function stopsMany(words: readonly string[]): boolean {
  return (
    words.some((word) => STOPPED.has(word)) &&
    words.some((word) => STOPS.test(word)) &&
    LIKE.test(words.join(' '))
  )
}

/** Event subscriptions run later what they name; uninstalling what guards the host is done before a command that it would stop. */
function factsOf(words: readonly string[]): RiskFact[] {
  const facts: RiskFact[] = []
  if (words.includes('shadowcopy') && words.includes('delete')) facts.push('deletes-backups')
  if (words.some((word) => SUBSCRIPTION.test(word))) facts.push('persists')
  const changes = words.some(
    (word, at) => word === 'delete' || (word === 'call' && CHANGES.test(words[at + 1] ?? '')),
  )
  const unguards = words.includes(OPENS_DESKTOP) || words.includes(LEAVES_DOMAIN)
  if ((changes && words.some((word) => GUARDS.test(word))) || unguards) facts.push('weakens-defence')
  if (words.some((word) => ASKED_GUARDS.test(word))) facts.push('asks-for-defence')
  if (stopsMany(words)) facts.push('stops-many')
  return facts
}

/** Verbs that change nothing anywhere: another host that is asked runs nothing. */
const ASKS = new Set(['list', 'get', 'assoc', 'query', 'none'])

function asking(piece: Piece): Piece {
  return { ...piece, facts: piece.facts.filter((fact) => fact !== 'remote-host' && fact !== 'many-hosts') }
}

function read(line: CommandLine): Reading {
  const words = line.args.map((argument) => cleanText(argument.value))
  const create = words.findIndex((word, index) => word === 'create' && words[index - 1] === 'call')
  const starts = words.slice(0, Math.max(0, create)).some((word) => STARTS_PROGRAMS.test(word))
  const started = starts ? createdCommand(line, create + 1) : null
  const head = (started === null ? line.args : line.args.slice(0, create + 1)).map(wordPiece)
  const pieces = started === null ? head : [...head, started]
  const sheet = pieces.find((piece) => piece.text.startsWith('/format:') && piece.target !== null)
  const facts = factsOf(words)
  if (started !== null) return { mode: 'process-create', pieces, target: started.target, facts, hosted: null }
  if (sheet !== undefined) return { mode: 'stylesheet', pieces, target: sheet.target, facts, hosted: null }
  const mode = verbOf(words.filter((word) => !/^[-/]/.test(cleanPath(word))))
  return { mode, pieces: ASKS.has(mode) ? pieces.map(asking) : pieces, target: null, facts, hosted: null }
}

/** wmic: query, change or call a class; `process call create` starts a program, `/format:` a stylesheet. */
export const wmic: ToolGrammar = { slugs: ['wmic.exe'], read, hosted: null }
