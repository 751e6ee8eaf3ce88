import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { optionName } from './data-piece'
import { anyPiece } from './piece'
import type { Reading, RiskFact, ToolGrammar } from './tool-use'

const VERBS: ReadonlySet<string> = new Set(
  (
    'scan trace getfiles getfilesdiagtrack removedefinitions restore adddynamicsignature listalldynamicsignatures removedynamicsignature signatureupdate ' +
    'validatemapsconnection checkexclusion listcustomasr displayecsconnection heapsnapshotconfig ossandscan platformcleanup wdenable disableservice ' +
    'enableservice resetplatform revertplatform capturenetworktrace downloadfile getdevicecontrol grouppolicyupdate'
  ).split(' '),
)
/** What is wrong with recent definitions alone is mended so, as Microsoft's guides say. */
const RECENT = 'removedefinitions dynamic'

function optionNames(args: readonly Argument[]): readonly string[] {
  return args.map((argument) => optionName(argument) || cleanText(argument.value))
}

function modeOf(names: readonly string[]): string {
  const verb = names.find((name) => VERBS.has(name))
  if (verb === 'removedefinitions' && names.includes('dynamicsignatures') && !names.includes('all'))
    return RECENT
  return verb ?? (names.length === 0 ? 'none' : 'other')
}

/** Asked for by a path that nothing can have, a scan tells what is left out of scans (ATT&CK T1518.001). */
const ALL_BUT_EXCLUDED = /\\\|\*/

function factsOf(mode: string, names: readonly string[], text: string): RiskFact[] {
  switch (mode) {
    case 'removedefinitions':
    case RECENT:
    case 'removedynamicsignature':
    case 'disableservice':
      return ['weakens-defence']
    // what was found harmful is put back; what is listed is not
    case 'restore':
      return names.includes('listall') ? [] : ['weakens-defence']
    case 'checkexclusion':
      return ['asks-for-defence']
    case 'scan':
      return ALL_BUT_EXCLUDED.test(text) ? ['asks-for-defence'] : []
    case 'downloadfile':
      return ['download']
    default:
      return []
  }
}

function read(line: CommandLine): Reading {
  const names = optionNames(line.args)
  const mode = modeOf(names)
  const pieces = line.args.map(anyPiece)
  const target = pieces.find((piece) => piece.target !== null)?.target ?? null
  const text = cleanText(line.text.slice(line.tailStart))
  return { mode, pieces, target, facts: factsOf(mode, names, text), hosted: null }
}

/** MpCmdRun: one verb of Microsoft Defender's, with or without a dash. */
export const mpcmdrun: ToolGrammar = { slugs: ['mpcmdrun.exe'], read, hosted: null }
