import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { classifyPath } from '@/lib/pipeline/normalise/command-line/path-class'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, isFlag, oddExtension, readSwitch, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const LIBRARIES: ReadonlySet<string> = new Set(['dll', 'ocx'])
const RESPONSES: ReadonlySet<string> = new Set(['rsp'])
const ACTION =
  /\{?\s{0,8}(regsvr|configsysdsn|configdsn|configdriver|installdriver|installtranslator|setfiledsndir)\b["\s]{0,8}/i

/** Actions of a line that its pattern shows; more of them do the same, but for libraries that are registered. */
const ACTIONS_MAX = 4

type Action = { name: string; pieces: Piece[] }

/** One `{ACTION what}`: it ends at its brace; points and blanks at the end of a name are dropped, as Windows drops them. */
function actionPieces(raw: string, start: number): Action & { end: number } {
  const found = ACTION.exec(raw)
  const name = found?.[1]?.toLowerCase()
  if (found === null || name === undefined) return { name: 'other', pieces: [], end: raw.length }
  const from = found.index + found[0].length
  const brace = raw.indexOf('}', from)
  const end = brace < 0 ? raw.length : brace + 1
  const value = raw.slice(from, brace < 0 ? raw.length : brace).replace(/["\s.]{0,64}$/, '')
  const action = fixedPiece(
    { value: name, start: start + found.index, end: start + from },
    `{${name}`,
    'switch',
  )
  const argument: Argument = { value, start: start + from, end: start + from + value.length }
  const piece = name === 'regsvr' ? targetPiece(argument) : anyPiece(argument)
  return { name, end, pieces: value === '' ? [action] : [action, { ...piece, text: `${piece.text}}` }] }
}

/** What a line asks for, in its order. */
function actionsOf(text: string, from: number): Action[] {
  const actions: Action[] = []
  let at = from
  while (at < text.length) {
    const action = actionPieces(text.slice(at), at)
    if (actions.length > 0 && action.name === 'other') break
    if (actions.length < ACTIONS_MAX || action.name === 'regsvr') actions.push(action)
    at += action.end
  }
  const registered = actions.slice(ACTIONS_MAX).slice(0, 1)
  return [...actions.slice(0, ACTIONS_MAX), ...registered]
}

/** What is registered counts before anything else the line asks for. */
function readAction(line: CommandLine, from: number): Reading {
  const head = line.args.slice(0, from + 1).map(switchPiece)
  const actions = actionsOf(line.text, line.args[from]?.end ?? line.text.length)
  const main = actions.find(({ name }) => name === 'regsvr') ?? actions[0]
  const name = main?.name ?? 'other'
  const target = name === 'regsvr' ? (main?.pieces.at(-1)?.target ?? null) : null
  const facts = [...oddExtension(target, LIBRARIES), ...installFacts(name, line.text)]
  const pieces = [...head, ...actions.flatMap((action) => action.pieces)]
  return { mode: name, pieces, target, facts, hosted: target?.name ?? null }
}

function readResponse(line: CommandLine, from: number): Reading {
  const pieces = line.args.map((argument, index) => {
    if (index === from + 1) return targetPiece(argument)
    return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
  })
  const target = pieces[from + 1]?.target ?? null
  return {
    mode: 'response-file',
    pieces,
    target,
    facts: ['launches-command', ...oddExtension(target, RESPONSES)],
    hosted: null,
  }
}

/** Libraries that a driver names: odbcconf loads its set-up library. */
const DRIVER_FILES = /(?:driver|setup)\s{0,8}=\s{0,8}([^|;"}]{1,260})/gi

/** Registering a driver whose files all lie where installers put them is what the tool is for. */
function installFacts(action: string, text: string): RiskFact[] {
  if (action !== 'installdriver') return []
  const files = Array.from(text.matchAll(DRIVER_FILES), ([, file = '']) => classifyPath(file))
  return files.length > 0 && files.every(isInstalled) ? [] : ['launches-command']
}

/** An action without /a works all the same. */
function readBare(line: CommandLine): Omit<Reading, 'pieces'> {
  const { name, pieces } = actionPieces(line.text.slice(line.tailStart), line.tailStart)
  const target = name === 'regsvr' ? (pieces.at(-1)?.target ?? null) : null
  const facts: RiskFact[] = name === 'regsvr' ? ['launches-command'] : installFacts(name, line.text)
  return { mode: line.args.length === 0 ? 'none' : name, target, facts, hosted: target?.name ?? null }
}

function read(line: CommandLine): Reading {
  const names = line.args.map((argument) => readSwitch(cleanText(argument.value))?.name ?? '')
  const action = names.indexOf('a')
  if (action >= 0) return readAction(line, action)
  const response = names.indexOf('f')
  if (response >= 0) return readResponse(line, response)
  return { ...readBare(line), pieces: line.args.map(anyPiece) }
}

/** odbcconf: `/a {REGSVR library}` loads a library, `/f file.rsp` does what the file says. */
export const odbcconf: ToolGrammar = { slugs: ['odbcconf.exe'], read }
