import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, optionName } from './data-piece'
import { fixedPiece, isFlag } from './piece'
import { namesSecrets } from './secret-files'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const VERBS: ReadonlySet<string> = new Set(['enable', 'disable', 'start', 'stop', 'get', 'delete', 'restore'])
const OBJECT = /^[a-z]{1,32}$/

function modeOf(args: readonly Argument[]): string {
  const [verb = '', object = ''] = args
    .filter((argument) => !isFlag(argument))
    .map(({ value }) => cleanText(value))
  if (!VERBS.has(verb)) return args.length === 0 ? 'none' : 'other'
  return OBJECT.test(object) ? `${verb} ${object}` : verb
}

function wordPiece(argument: Argument): Piece {
  const name = optionName(argument)
  if (name === 'password') return fixedPiece(argument, '/password:<secret>', 'masked')
  if (name === 'user') return fixedPiece(argument, '/user:<account>', 'masked')
  if (name === 'version') return fixedPiece(argument, '/version:<date>', 'masked')
  // whether any is kept is what is asked
  if (name === 'keepversions')
    return fixedPiece(
      argument,
      /:"?0+"?$/.test(cleanText(argument.value)) ? '/keepversions:0' : '/keepversions:<n>',
      'switch',
    )
  // files that are named together, with commas between them
  if (name === 'include' || name === 'items')
    return fixedPiece(
      argument,
      mask(cleanText(argument.value).replaceAll('"', '')).replace(/^-/, '/'),
      'switch',
    )
  return dataPiece(argument)
}

const KEPT = /(?:^|\s)[-/]keepversions:"?0*[1-9]/

/** Of copies that are kept in number the oldest go, as everywhere; the catalogue, or all of them, nobody takes away who may need them (ATT&CK T1490). */
function factsOf(mode: string, text: string): RiskFact[] {
  if (/^delete (?:catalog|backup|systemstatebackup)$/.test(mode))
    return mode === 'delete catalog' || !KEPT.test(text) ? ['deletes-backups'] : []
  if (mode === 'disable backup') return ['weakens-defence']
  const reaches = /^(?:start|enable) /.test(mode) && mode !== 'start systemstaterecovery'
  return reaches && namesSecrets(text) ? ['copies-secrets'] : []
}

function read(line: CommandLine): Reading {
  const mode = modeOf(line.args)
  const text = cleanText(line.text.slice(line.tailStart))
  return { mode, pieces: line.args.map(wordPiece), target: null, facts: factsOf(mode, text), hosted: null }
}

/** wbadmin: a verb and what it is about (`start backup`, `delete catalog`), then options. */
export const wbadmin: ToolGrammar = { slugs: ['wbadmin.exe'], read, hosted: null }
