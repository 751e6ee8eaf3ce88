import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, optionBefore, optionName, secretPiece } from './data-piece'
import { fixedPiece, isFlag } from './piece'
import { lineNames, namesSecretFolders, namesSecrets, pathsOf } from './secret-files'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const VERBS: ReadonlySet<string> = new Set(['enable', 'disable', 'start', 'stop', 'get', 'delete', 'restore'])
const OPTIONS: ReadonlySet<string> = new Set(
  (
    'user password version backuptarget machine include items itemtype recoverytarget recursive overwrite notrestoreacl quiet allcritical systemstate ' +
    'vssfull vsscopy noverify noinheritacl addtarget removetarget schedule exclude nonrecurseinclude nonrecurseexclude keepversions deleteoldest'
  ).split(' '),
)
const OBJECT = /^[a-z]{1,32}$/

function modeOf(args: readonly Argument[]): string {
  const [verb = '', object = ''] = args
    .filter((argument, at) => !isFlag(argument) && !/^(?:user|password)$/.test(optionBefore(args, at)))
    .map(({ value }) => cleanText(value))
  if (!VERBS.has(verb)) return args.length === 0 ? 'none' : 'other'
  return OBJECT.test(object) ? `${verb} ${object}` : verb
}

/** A blank in place of the colon makes the value a word of its own. */
function plainPiece(argument: Argument, option: string): Piece {
  if (option === 'password') return secretPiece(argument)
  return option === 'user' ? fixedPiece(argument, '<account>', 'masked') : dataPiece(argument)
}

function wordPiece(argument: Argument, at: number, args: readonly Argument[]): Piece {
  const name = optionName(argument)
  const option = optionBefore(args, at)
  // a password may begin as options do
  if (name === '' || (option === 'password' && !OPTIONS.has(name))) return plainPiece(argument, option)
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

/** Where it is put, and what is left out. */
const NOT_TAKEN: ReadonlySet<string> = new Set(
  'backuptarget recoverytarget addtarget removetarget exclude nonrecurseexclude'.split(' '),
)

function takesFolders(args: readonly Argument[]): boolean {
  const taken = args.filter((argument, at) => !NOT_TAKEN.has(optionName(argument) || optionBefore(args, at)))
  return pathsOf(taken).some(namesSecretFolders)
}

const KEPT = /(?:^|\s)[-/](?:keepversions:"?0*[1-9]|deleteoldest(?=\s|$))/

/** Of copies that are kept in number the oldest go, as everywhere; the catalogue, or all of them, nobody takes away who may need them (ATT&CK T1490). */
function factsOf(mode: string, line: CommandLine): RiskFact[] {
  if (/^delete (?:catalog|backup|systemstatebackup)$/.test(mode))
    return mode === 'delete catalog' || !KEPT.test(cleanText(line.text.slice(line.tailStart)))
      ? ['deletes-backups']
      : []
  if (mode === 'disable backup') return ['weakens-defence']
  const reaches = /^(?:start|enable) /.test(mode) && mode !== 'start systemstaterecovery'
  return reaches && (lineNames(line, namesSecrets) || takesFolders(line.args)) ? ['copies-secrets'] : []
}

function read(line: CommandLine): Reading {
  const mode = modeOf(line.args)
  return { mode, pieces: line.args.map(wordPiece), target: null, facts: factsOf(mode, line), hosted: null }
}

/** wbadmin: a verb and what it is about (`start backup`, `delete catalog`), then options. */
export const wbadmin: ToolGrammar = { slugs: ['wbadmin.exe'], read, hosted: null }
