import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import {
  hasDeceptiveCharacters,
  hasDisguisedLetters,
} from '@/lib/pipeline/normalise/command-line/fold-characters'
import {
  type Argument,
  type CommandLine,
  splitCommandLine,
} from '@/lib/pipeline/normalise/command-line/split-command-line'
import { bitsadmin } from './bitsadmin'
import { certutil } from './certutil'
import { cmdkey } from './cmdkey'
import { cmstp } from './cmstp'
import { compiler } from './compiler'
import { control } from './control'
import { bcp, packers, unpackers, xsd } from './data-file'
import { documentedFacts } from './documented-use'
import { esentutl } from './esentutl'
import { forfiles } from './forfiles'
import { ftp } from './ftp'
import { readGeneric } from './generic'
import { hh } from './hh'
import { infdefaultinstall } from './infdefaultinstall'
import { installutil } from './installutil'
import { mavinject } from './mavinject'
import { mmc } from './mmc'
import { mpcmdrun } from './mpcmdrun'
import { msbuild } from './msbuild'
import { mshta } from './mshta'
import { msiexec } from './msiexec'
import { netsh } from './netsh'
import { ntdsutil } from './ntdsutil'
import { odbcconf } from './odbcconf'
import { osascript } from './osascript'
import { withOwnHostName } from './own-host-name'
import { withOwnServers } from './own-servers'
import { pcalua } from './pcalua'
import { powershell } from './powershell'
import { reg } from './reg'
import { regasm } from './regasm'
import { regsvcs } from './regsvcs'
import { regsvr32 } from './regsvr32'
import { rundll32 } from './rundll32'
import { schtasks } from './schtasks'
import { cscript, wscript } from './script-host'
import {
  type Piece,
  type Reading,
  RISK_FACTS,
  type RiskFact,
  type ToolGrammar,
  type ToolUse,
} from './tool-use'
import { verclsid } from './verclsid'
import { wbadmin } from './wbadmin'
import { wmic } from './wmic'

/** Every grammar. A new tool is one file and one line here. */
const GRAMMARS: readonly ToolGrammar[] = [
  bcp,
  bitsadmin,
  certutil,
  cmdkey,
  cmstp,
  compiler,
  control,
  cscript,
  esentutl,
  forfiles,
  ftp,
  hh,
  infdefaultinstall,
  installutil,
  mavinject,
  mmc,
  mpcmdrun,
  msbuild,
  mshta,
  msiexec,
  netsh,
  ntdsutil,
  odbcconf,
  osascript,
  packers,
  pcalua,
  powershell,
  reg,
  regasm,
  regsvcs,
  regsvr32,
  rundll32,
  schtasks,
  unpackers,
  verclsid,
  wbadmin,
  wmic,
  wscript,
  xsd,
]
const BY_SLUG: ReadonlyMap<string, ToolGrammar> = new Map(
  GRAMMARS.flatMap((grammar) => grammar.slugs.map((slug) => [slug, grammar] as const)),
)

/**
 * Tools that do nothing without arguments: started so, they are a shell for somebody else's code (process injection, ATT&CK T1055).
 */
const NEEDS_ARGUMENTS: ReadonlySet<string> = new Set([
  'rundll32',
  'regsvr32',
  'regasm',
  'regsvcs',
  'installutil',
  'mavinject',
  'cmstp',
  'odbcconf',
  'infdefaultinstall',
  // compilers, which such code likes as well
  ...['csc', 'vbc', 'jsc', 'ilasm', 'aspnet_compiler'],
])

/**
 * How NirSoft's programs that read out passwords are told to write them to a file (`/stext`, `/scomma` and their like; their own help): code of theirs
 * that was put in the place of a tool's (ATT&CK T1055.012) keeps its options.
 */
const WRITES_DOWN = /^[-/]s(?:text|tab|comma|tabular|html|verhtml|xml|json)$/
/** Programs that such code is put in the place of. */
const HOLLOWED: ReadonlySet<string> = new Set([...NEEDS_ARGUMENTS, 'msbuild'])

function writesDownPasswords(tool: string, args: readonly Argument[]): boolean {
  return HOLLOWED.has(tool) && args.slice(0, -1).some(({ value }) => WRITES_DOWN.test(cleanText(value)))
}

/** Longest pattern, in UTF-16 units: it is an index key of the store. */
const PATTERN_LENGTH_MAX = 512
const LETTER_QUOTE_LETTER = /[a-z]""?(?=[a-z])/gi
const LETTER_CARET_LETTER = /[a-z]\^{1,3}(?=[a-z])/gi
const VARIABLE_SLICE = /%[a-z()0-9_]{2,32}:~/i
const FOREIGN_DASH = /(?:^|\s)[\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=[a-z])/i

function occursTwice(text: string, pattern: RegExp): boolean {
  let found = 0
  for (const _ of text.matchAll(pattern)) {
    found += 1
    if (found === 2) return true
  }
  return false
}

/** `rundll32`, `regsvr32`, `powershell`, `DllRegisterServer` or an address written from its end, for a script to turn round. */
const BACKWARDS = /(?:23)?lldnur|23rvsger|llehsrewop|revres(?:retsiger|llatsni)lld|\/\/:s?ptth/i

function isObfuscated({ text, executable }: CommandLine): boolean {
  return (
    // a program's own name is quoted as a whole
    (executable?.value.includes('"') === true && occursTwice(executable.value, LETTER_QUOTE_LETTER)) ||
    (text.includes('^') && occursTwice(text, LETTER_CARET_LETTER)) ||
    (text.includes('""') && occursTwice(text, LETTER_QUOTE_LETTER)) ||
    (text.includes('%') && VARIABLE_SLICE.test(text)) ||
    FOREIGN_DASH.test(text) ||
    BACKWARDS.test(text) ||
    hasDisguisedLetters(text)
  )
}

function lineFacts(tool: string, line: CommandLine): RiskFact[] {
  const { text, truncated, padded, args } = line
  const facts: RiskFact[] = []
  if (args.length === 0 && NEEDS_ARGUMENTS.has(tool)) facts.push('no-arguments')
  if (writesDownPasswords(tool, args)) facts.push('exports-secrets')
  if (hasDeceptiveCharacters(text)) facts.push('deceptive-characters')
  if (isObfuscated(line)) facts.push('obfuscated')
  if (padded) facts.push('padded')
  if (truncated) facts.push('truncated')
  return facts
}

function toPattern(tool: string, pieces: readonly Piece[], truncated: boolean): string {
  const words = pieces.flatMap((piece) => (piece.text === '' ? [] : [piece.text]))
  const pattern = [tool, ...words].join(' ')
  if (pattern.length > PATTERN_LENGTH_MAX) return `${pattern.slice(0, PATTERN_LENGTH_MAX)} <cut>`
  return truncated ? `${pattern} <cut>` : pattern
}

function toToolUse(tool: string, line: CommandLine, reading: Reading): ToolUse {
  const { mode, pieces, target, hosted } = reading
  const found = new Set([
    ...pieces.flatMap((piece) => piece.facts),
    ...reading.facts,
    ...lineFacts(tool, line),
  ])
  const { executable } = line
  const first =
    executable === null
      ? []
      : [{ start: executable.start, end: executable.end, kind: 'executable' as const, text: tool }]
  return {
    mode,
    target,
    pattern: toPattern(tool, pieces, line.truncated),
    shape: `${tool}|${mode}|${target?.class ?? '-'}|${target?.extension ?? '-'}`,
    facts: RISK_FACTS.filter((fact) => found.has(fact)),
    hosted,
    parts: [...first, ...pieces.map(({ start, end, kind, text }) => ({ start, end, kind, text }))],
  }
}

/** Of the host that ran a tool what its use is read by: ownDomain and ownName; null = not known. */
export type OwnHost = { domain: string | null; name: string | null }

const UNKNOWN_HOST: OwnHost = { domain: null, name: null }

/**
 * What a tool was asked to do. Tools without a grammar get the generic reading.
 * @param slug the catalogue's identity of the binary that ran (lower-case file name)
 * @param commandLine as printed; null or blank = not reported
 * @param image path of the executable, as printed
 * @param host that ran it: its own domain and name are told from others
 * @returns null where no command line was reported: missing is not the same as empty
 */
export function readToolUse(
  slug: string,
  commandLine: string | null,
  image: string,
  host: OwnHost = UNKNOWN_HOST,
): ToolUse | null {
  if (commandLine === null || commandLine.trim() === '') return null
  const line = splitCommandLine(commandLine, image)
  const plain = (BY_SLUG.get(slug)?.read ?? readGeneric)(line)
  const reading = withOwnServers(plain, host.domain)
  const facts = [...reading.facts, ...documentedFacts(slug, line, image)]
  return toToolUse(slug.endsWith('.exe') ? slug.slice(0, -4) : slug, line, {
    ...reading,
    pieces: withOwnHostName(reading.pieces, host.name),
    facts,
  })
}

/** Whether what a tool was asked to do can name a library or script that it runs: only a grammar of its own tells. */
export function mayHost(slug: string): boolean {
  const grammar = BY_SLUG.get(slug)
  return grammar !== undefined && grammar.hosted !== null
}

/** The same as `readToolUse` answers as `hosted`, for who needs no more: null where it runs none, or no command line was reported. */
export function readHosted(slug: string, commandLine: string | null, image: string): string | null {
  const grammar = BY_SLUG.get(slug)
  if (grammar === undefined || grammar.hosted === null) return null
  if (commandLine === null || commandLine.trim() === '') return null
  const line = splitCommandLine(commandLine, image)
  return grammar.hosted === undefined ? grammar.read(line).hosted : grammar.hosted(line)
}
