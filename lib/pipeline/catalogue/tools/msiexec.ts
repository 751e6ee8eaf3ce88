import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, oddExtension, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const PACKAGES: ReadonlySet<string> = new Set(['msi', 'msp', 'mst', 'msm'])
const LIBRARIES: ReadonlySet<string> = new Set(['dll', 'ocx'])
const PRODUCT = /^\{[0-9a-f-]{36}\}$/

/** Options that take a package, product or library, longest first. */
const ACTIONS: readonly (readonly [string, string])[] = [
  ['package', 'install'],
  ['uninstall', 'uninstall'],
  ['update', 'patch'],
  ['i', 'install'],
  ['x', 'uninstall'],
  ['a', 'administrative'],
  ['p', 'patch'],
  ['j', 'advertise'],
  ['f', 'repair'],
  ['y', 'register-library'],
  ['z', 'unregister-library'],
]
const PLAIN =
  /^(?:q[nbrf]?[+!-]{0,2}|quiet|passive|norestart|promptrestart|forcerestart|help|\?|l[a-z*+!]{0,16}|log|v|embedding|m|t|g|c|n|d|unregserver|regserver)$/
/** Letters that may follow /f (repair) or /j (advertise) before the package. */
const REPAIR = /^f[pomuecdsavw]{1,10}$/
const ADVERTISE = /^j[um]$/

type Option = { mode: string; joined: string; length: number }

/** `/i file`, `/ifile` and `/i"file"` are the same to msiexec. */
function readOption(clean: string): Option | null {
  if (!/^[-/][a-z?]/.test(clean)) return null
  const bare = clean.slice(1)
  if (PLAIN.test(bare) || /^l[a-z*+!]{0,16}\b/.test(bare)) return null
  if (REPAIR.test(bare)) return { mode: 'repair', joined: '', length: clean.length }
  if (ADVERTISE.test(bare)) return { mode: 'advertise', joined: '', length: clean.length }
  const found = ACTIONS.find(([name]) => bare === name || (name.length === 1 && bare.startsWith(name)))
  if (found === undefined) return null
  const [name, mode] = found
  return { mode, joined: bare.slice(name.length).replace(/^"/, ''), length: 1 + name.length }
}

function packagePiece(argument: Argument): Piece {
  const clean = cleanText(argument.value).trim()
  return PRODUCT.test(clean) ? fixedPiece(argument, '{<guid>}', 'masked') : targetPiece(argument)
}

function fallbackMode(args: readonly Argument[]): string {
  const words = args.map((argument) => cleanText(argument.value).replace(/^[-/]/, '/'))
  if (words.includes('/embedding')) return 'embedding'
  return words.includes('/v') ? 'service' : 'other'
}

/** What guards a host is removed only with its password; that of other products is asked by none. */
const REMOVAL_PASSWORD = /^(?:uninstall|removal?|uninst)_?(?:password|passwd|pwd|token|key)=/

type Found = { mode: string; pieces: Piece[]; package: Piece | null; awaiting: boolean }

function addPackage(found: Found, argument: Argument): void {
  const piece = packagePiece(argument)
  found.package ??= piece
  found.pieces.push(piece)
  found.awaiting = false
}

function addOption(found: Found, argument: Argument, option: Option): void {
  const { start, end } = argument
  const split = option.joined === '' ? end : Math.min(start + option.length, end)
  const name = cleanText(argument.value).slice(1, option.length)
  if (found.mode === '') found.mode = option.mode
  found.pieces.push(fixedPiece({ ...argument, end: split }, `/${name}`, 'switch'))
  found.awaiting = option.joined === ''
  if (!found.awaiting) addPackage(found, { value: option.joined, start: split, end })
}

/** `/q/ihttp://…` is two options: after a plain one, a slash or dash begins the next. */
const JOINED = /^([-/]q[nbrf]?[+!-]{0,2}|[-/](?:quiet|passive|norestart))(?=[/-][a-z])/i

function separate(argument: Argument): Argument[] {
  const length = JOINED.exec(argument.value)?.[1]?.length
  if (length === undefined) return [argument]
  const { value, start, end } = argument
  const middle = Math.min(start + length, end)
  return [
    { value: value.slice(0, length), start, end: middle },
    ...separate({ value: value.slice(length), start: middle, end }),
  ]
}

function readArguments(args: readonly Argument[]): Found {
  const found: Found = { mode: '', pieces: [], package: null, awaiting: false }
  for (const argument of args.flatMap(separate)) {
    const clean = cleanText(argument.value)
    const option = readOption(clean)
    if (option !== null) addOption(found, argument, option)
    else if (found.awaiting && !/^[-/]/.test(clean)) addPackage(found, argument)
    else found.pieces.push(anyPiece(argument))
  }
  return found
}

function read(line: CommandLine): Reading {
  const found = readArguments(line.args)
  const mode = found.mode === '' ? fallbackMode(line.args) : found.mode
  const target = found.package?.target ?? null
  const library = mode.endsWith('register-library')
  const loads: RiskFact[] = library ? ['launches-command'] : []
  const removes = line.args.some((argument) => REMOVAL_PASSWORD.test(cleanText(argument.value)))
  const guard: RiskFact[] = removes ? ['weakens-defence'] : []
  const facts = [...loads, ...guard, ...oddExtension(target, library ? LIBRARIES : PACKAGES)]
  return { mode, pieces: found.pieces, target, facts, hosted: library ? (target?.name ?? null) : null }
}

/** msiexec: install, uninstall, repair or patch a package; register a library; serve as installer service or COM server. */
export const msiexec: ToolGrammar = { slugs: ['msiexec.exe'], read }
