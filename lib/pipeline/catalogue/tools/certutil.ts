import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { isUrl } from '@/lib/pipeline/normalise/command-line/url'
import { anyPiece, fixedPiece, isFlag } from './piece'
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

function wordPiece(argument: Argument): Piece {
  if (isFlag(argument)) return fixedPiece(argument, `/${optionName(argument)}`.slice(0, 32), 'switch')
  return anyPiece(argument)
}

function factsOf(mode: string, fetched: boolean): RiskFact[] {
  const facts: RiskFact[] = []
  if (fetched && FETCHING.has(mode)) facts.push('download')
  if (DECODING.has(mode)) facts.push('decodes-file')
  return facts
}

function read(line: CommandLine): Reading {
  const options = line.args.filter(isFlag).map(optionName)
  const mode = options.find((name) => !MODIFIERS.has(name)) ?? 'dump'
  const pieces = line.args.map(wordPiece)
  const address = pieces.find((piece) => piece.target?.class === 'url')
  const fetched = line.args.some((argument) => isUrl(cleanText(argument.value)))
  const target = address?.target ?? pieces.find((piece) => piece.target !== null)?.target ?? null
  const known = /^[a-z]{1,24}$/.test(mode) ? mode : 'other'
  return { mode: known, pieces, target, facts: factsOf(mode, fetched), hosted: null }
}

/** certutil: one verb (`-urlcache`, `-decode`, `-addstore` …) among modifiers, then addresses and files. */
export const certutil: ToolGrammar = { slugs: ['certutil.exe'], read }
