import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { extension } from '@/lib/pipeline/normalise/command-line/path-class'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { isUrl } from '@/lib/pipeline/normalise/command-line/url'
import { anyPiece, fixedPiece, isFlag, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

/** Options that change how, not what. The first other option is the verb. */
const MODIFIERS = new Set([
  'f',
  'split',
  'silent',
  'v',
  'user',
  'enterprise',
  'gmt',
  'seconds',
  'config',
  'privatekey',
  'p',
  'pin',
  't',
  'unicode',
  'utf8',
  'unicodetext',
  'nullsign',
  'reverse',
  'symkeyalg',
  'grouppolicy',
  'ut',
  'mt',
  'idispatch',
  'admin',
  'anonymous',
  'kerberos',
])
const FETCHING = new Set(['urlcache', 'verifyctl', 'url', 'urlfetch', 'ping'])
const DECODING = new Set(['decode', 'decodehex'])

function optionName(argument: Argument): string {
  return cleanText(argument.value).replace(/^[-/]{1,2}/, '')
}

/** Whether it is one of these options. */
function isOneOf(options: ReadonlySet<string>, argument: Argument | undefined): boolean {
  return argument !== undefined && isFlag(argument) && options.has(optionName(argument))
}

/** Options that a password follows. */
const SECRETS = new Set(['p', 'pin'])

function wordPiece(argument: Argument, before: Argument | undefined): Piece {
  if (isOneOf(SECRETS, before)) return fixedPiece(argument, '<secret>', 'masked')
  if (isFlag(argument)) return fixedPiece(argument, `/${optionName(argument)}`.slice(0, 32), 'switch')
  return anyPiece(argument)
}

/** Options that some value follows, a password or another. */
const VALUED = new Set([...SECRETS, 't', 'config', 'dc', 'sid', 'csp', 'date'])

const ENCODING = new Set(['encode', 'encodehex'])
/** Private keys leave the store: an exported certificate, or those of a certification authority. */
const REVEALING = new Set(['exportpfx', 'backup', 'backupkey'])

/** Programs, libraries, archives, databases, private keys: what travels as text when it is to be hidden. Certificates are text to begin with. */
const SMUGGLED: ReadonlySet<string> = new Set(
  (
    'exe dll com scr sys ocx cpl ps1 bat cmd vbs js hta zip rar 7z cab ca_ gz tgz tar xz iso vhd vhdx dmp dit pfx p12 kdbx ' +
    'pst ost mdb accdb bak sqlite'
  ).split(' '),
)

/** `first`: extension of the first file that is named. */
function factsOf(mode: string, fetched: boolean, first: string | null): RiskFact[] {
  const facts: RiskFact[] = []
  if (fetched && FETCHING.has(mode)) facts.push('download')
  if (DECODING.has(mode)) facts.push('decodes-file')
  if (ENCODING.has(mode) && SMUGGLED.has(first ?? '')) facts.push('decodes-file')
  if (REVEALING.has(mode)) facts.push('credential-store')
  return facts
}

/** What is put into a store of trusted certificates is trusted from there on: where it lies counts as for what is run. */
function trusted(mode: string, pieces: readonly Piece[], args: readonly Argument[]): readonly Piece[] {
  const file =
    mode === 'addstore' || mode === 'importpfx' ? pieces.findLast(({ target }) => target !== null) : null
  return pieces.map((piece, at) => {
    const argument = args[at]
    return piece === file && argument !== undefined ? targetPiece(argument) : piece
  })
}

function read(line: CommandLine): Reading {
  const options = line.args.filter(isFlag).map(optionName)
  const mode = options.find((name) => !MODIFIERS.has(name)) ?? 'dump'
  const words = line.args.map((argument, at) => wordPiece(argument, line.args[at - 1]))
  const pieces = trusted(mode, words, line.args)
  const files = pieces.filter((piece) => piece.target !== null)
  const address = pieces.find((piece) => piece.target?.class === 'url')
  const fetched = line.args.some((argument) => isUrl(cleanText(argument.value)))
  const target = address?.target ?? files[0]?.target ?? null
  const first = line.args.find((argument, at) => !isFlag(argument) && !isOneOf(VALUED, line.args[at - 1]))
  const kind = first === undefined ? null : extension(cleanText(first.value))
  const known = /^[a-z]{1,24}$/.test(mode) ? mode : 'other'
  return { mode: known, pieces, target, facts: factsOf(mode, fetched, kind), hosted: null }
}

/** certutil: one verb (`-urlcache`, `-decode`, `-addstore` …) among modifiers, then addresses and files. */
export const certutil: ToolGrammar = { slugs: ['certutil.exe'], read, hosted: null }
