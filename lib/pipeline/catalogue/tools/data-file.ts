import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, optionName, secretPiece } from './data-piece'
import { fetchedFacts } from './fetched-facts'
import { anyPiece, fixedPiece, isFlag } from './piece'
import { lineNames, namesSecrets } from './secret-files'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

type Tool = {
  /** By its options; the first that is given decides. */
  modes: Readonly<Record<string, string>>
  otherwise: string
}

const CABINETS: Tool = { modes: { d: 'list', c: 'copy', e: 'extract' }, otherwise: 'extract' }
const PACKERS: Tool = { modes: { f: 'directive' }, otherwise: 'pack' }

function modeOf({ modes, otherwise }: Tool, args: readonly Argument[]): string {
  if (args.length === 0) return 'none'
  const found = args.map((argument) => modes[optionName(argument)]).find((mode) => mode !== undefined)
  return found ?? otherwise
}

/** Secrets are packed to be taken away (ATT&CK T1560.001); what is no cabinet is unpacked by being copied. */
function secretFacts(mode: string, line: CommandLine): RiskFact[] {
  return mode !== 'list' && lineNames(line, namesSecrets) ? ['copies-secrets'] : []
}

function readWith(tool: Tool): (line: CommandLine) => Reading {
  return (line) => {
    const mode = modeOf(tool, line.args)
    const pieces = line.args.map(dataPiece)
    const source = line.args.findIndex((argument, at) => !isFlag(argument) && pieces[at]?.target !== null)
    const named = line.args[source]
    const fetched = named === undefined ? [] : fetchedFacts(named, mode === 'copy')
    const facts = [...fetched, ...secretFacts(mode, line)]
    return { mode, pieces, target: pieces[source]?.target ?? null, facts, hosted: null }
  }
}

/** expand and extrac32: unpack cabinets, or copy a file that is none. */
export const unpackers: ToolGrammar = {
  slugs: ['expand.exe', 'extrac32.exe'],
  read: (line) => readWith(CABINETS)(line),
  hosted: null,
}

/** makecab and diantz: pack files into cabinets, by name or as a file of directives says. */
export const packers: ToolGrammar = {
  slugs: ['makecab.exe', 'diantz.exe'],
  read: (line) => readWith(PACKERS)(line),
  hosted: null,
}

const BCP_VERBS: ReadonlySet<string> = new Set(['in', 'out', 'queryout', 'format'])

function bcpPiece(argument: Argument, at: number, args: readonly Argument[]): Piece {
  const before = args[at - 1]
  const option = before === undefined || !isFlag(before) ? '' : optionName(before)
  if (option === 'p') return secretPiece(argument)
  if (option === 'u') return fixedPiece(argument, '<account>', 'masked')
  if (option === 's') return fixedPiece(argument, '<host>', 'masked')
  const clean = cleanText(argument.value)
  const joined = /^[-/]([pus])(?=.)/.exec(clean)?.[1]
  if (joined === 'p') return fixedPiece(argument, '/p<secret>', 'masked')
  if (joined !== undefined) return fixedPiece(argument, joined === 'u' ? '/u<account>' : '/s<host>', 'masked')
  return at === 0 && /\s/.test(clean.trim()) ? fixedPiece(argument, '<query>', 'masked') : dataPiece(argument)
}

function readBcp(line: CommandLine): Reading {
  const verb = line.args.findIndex(({ value }) => BCP_VERBS.has(cleanText(value)))
  const pieces = line.args.map(bcpPiece)
  const mode =
    verb < 0 ? (line.args.length === 0 ? 'none' : 'other') : cleanText(line.args[verb]?.value ?? '')
  return { mode, pieces, target: pieces[verb + 1]?.target ?? null, facts: [], hosted: null }
}

/** bcp: `table in|out file`, `"query" queryout file`. */
export const bcp: ToolGrammar = { slugs: ['bcp.exe'], read: readBcp, hosted: null }

const XSD: Tool = {
  modes: {
    c: 'classes',
    classes: 'classes',
    d: 'dataset',
    dataset: 'dataset',
    p: 'parameters',
    parameters: 'parameters',
  },
  otherwise: 'schema',
}

function readXsd(line: CommandLine): Reading {
  const pieces = line.args.map(anyPiece)
  const target = pieces.find((piece) => piece.target !== null)?.target ?? null
  return { mode: modeOf(XSD, line.args), pieces, target, facts: [], hosted: null }
}

/** xsd: schemas, classes and assemblies, of files or of what an address answers. */
export const xsd: ToolGrammar = { slugs: ['xsd.exe'], read: readXsd, hosted: null }
