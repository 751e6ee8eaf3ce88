import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { commandPiece } from './command-piece'
import { anyPiece, fixedPiece, readSwitch, switchPiece, targetPiece } from './piece'
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
const LOCAL = new Set(['', 'localhost', '127.0.0.1', '.', '::1', '%computername%', '<host>'])
const SUBSCRIPTION = /^__(?:eventfilter|filtertoconsumerbinding)|eventconsumer$/
const VERBS = new Set(['list', 'get', 'call', 'create', 'delete', 'set', 'assoc'])

function formatPiece(argument: Argument, value: string): Piece {
  const name = value.split(/[:,]/)[0] ?? ''
  if (FORMATS.has(value) || FORMATS.has(name))
    return fixedPiece(argument, `/format:${FORMATS.has(value) ? value : name}`, 'switch')
  const sheet = targetPiece({ ...argument, value })
  return { ...sheet, text: `/format:${sheet.text}`, facts: ['scriptlet', ...sheet.facts] }
}

function nodePiece(argument: Argument, value: string): Piece {
  const local = LOCAL.has(value)
  return fixedPiece(
    argument,
    local ? '/node:localhost' : `/node:${mask(value)}`,
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

/** The command after `process call create`, quoted or not, is all that follows. */
function createdCommand(line: CommandLine, from: number): Piece | null {
  const first = line.args[from]
  if (first === undefined) return null
  const rest = line.text.slice(first.start)
  const value = line.args.length === from + 1 ? first.value : rest
  return commandPiece({
    value: value.trim().replace(/^['"]|['"]$/g, ''),
    start: first.start,
    end: line.text.length,
  })
}

function verbOf(words: readonly string[]): string {
  const verb = words.find((word) => VERBS.has(word))
  return verb ?? (words.length === 0 ? 'none' : 'query')
}

/** Event subscriptions run later what they name; `call create` of any other class than process starts or sets up something too. */
function factsOf(words: readonly string[]): RiskFact[] {
  const facts: RiskFact[] = []
  if (words.includes('shadowcopy') && words.includes('delete')) facts.push('deletes-backups')
  if (words.some((word) => SUBSCRIPTION.test(word))) facts.push('persists')
  if (words.includes('uninstall') && words.includes('call')) facts.push('launches-command')
  return facts
}

function read(line: CommandLine): Reading {
  const words = line.args.map((argument) => cleanText(argument.value))
  const create = words.findIndex((word, index) => word === 'create' && words[index - 1] === 'call')
  const started = create > 0 ? createdCommand(line, create + 1) : null
  const head = (started === null ? line.args : line.args.slice(0, create + 1)).map(wordPiece)
  const pieces = started === null ? head : [...head, started]
  const sheet = pieces.find((piece) => piece.text.startsWith('/format:') && piece.target !== null)
  const facts = factsOf(words)
  if (started !== null) return { mode: 'process-create', pieces, target: started.target, facts, hosted: null }
  if (sheet !== undefined) return { mode: 'stylesheet', pieces, target: sheet.target, facts, hosted: null }
  return {
    mode: verbOf(words.filter((word) => !/^[-/]/.test(cleanPath(word)))),
    pieces,
    target: null,
    facts,
    hosted: null,
  }
}

/** wmic: query, change or call a class; `process call create` starts a program, `/format:` a stylesheet. */
export const wmic: ToolGrammar = { slugs: ['wmic.exe'], read }
