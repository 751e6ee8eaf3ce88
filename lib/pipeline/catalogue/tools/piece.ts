import { cleanText, removeCarets } from '@/lib/pipeline/normalise/command-line/clean'
import { cleanPath, isUnixPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import { describeCleanPath, nameOfCleanPath } from '@/lib/pipeline/normalise/command-line/path-class'
import { pathPattern } from '@/lib/pipeline/normalise/command-line/path-pattern'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { findUrl, isUrl } from '@/lib/pipeline/normalise/command-line/url'
import { remembered } from '@/lib/pipeline/remembered'
import { executedFrom, namedAt, namedLike } from './location-facts'
import type { Piece, RiskFact, ToolTarget } from './tool-use'

/** Longest inline script kept in a pattern: its beginning tells scripts apart, its end is payload. */
export const SCRIPT_LENGTH_MAX = 160
const INLINE_SCRIPT = /^(?:javascript|vbscript|jscript|about|data):/
const MONIKER = /(?:^|[('"\s;=,])(?:script|scriptlet):/
const ABSOLUTE = /^(?:[a-z]:[\\/]|\\|\/\/|file:|::\{|~\/)/
const FILE_NAME = /^[^\s\\/:*?"<>|{}=,;'()]{1,128}\.[a-z][a-z0-9]{1,7}$/
const SWITCH = /^(?:--?|\/{1,2})[a-z?!][^\\/:=]*(?:$|[:=])/
const PLAIN_EXTENSION = /^(?:[a-z]{1,10}|[a-z]{1,8}\d{1,2}|\d[a-z]{1,3})$/
const ASSIGNMENT = /^([a-z][a-z0-9_.-]{0,30}=)(.+)$/s
const JOINED_PATH = /^([-/][a-z]{1,2}|@)((?:\\\\|[a-z]:[\\/]|https?:).+)$/s
const OPTIONS = /^\/[a-z0-9_-]{1,64}\s{1,8}[-/"a-z]/
const FLAG = /^[-/]/

/** What a word says, wherever it stands. */
type Word = Pick<Piece, 'kind' | 'text' | 'facts' | 'target'>

export type SwitchParts = { name: string; separator: string; value: string }

/** Name and joined value of a switch (`/i:value`, `-o=value`), cleaned, without its dash or slash; null where it is none. */
export function readSwitch(text: string): SwitchParts | null {
  const clean = cleanText(text)
  if (!SWITCH.test(clean) || isUnixPath(clean)) return null
  const bare = clean.replace(/^[-/]{1,2}/, '')
  const end = bare.search(/[:=]/)
  if (end < 0) return { name: bare, separator: '', value: '' }
  return {
    name: bare.slice(0, end),
    separator: bare.charAt(end),
    value: bare.slice(end + 1).replaceAll('"', ''),
  }
}

/** Whether a word looks like an option, known or not. */
export function isFlag(argument: Argument): boolean {
  const clean = cleanText(argument.value)
  return FLAG.test(clean) && !isUnixPath(clean) && !clean.startsWith('//')
}

/** Extensions are part of the shape: numbers and foreign letters in them would make every file a shape of its own. */
function stableExtension(found: string | null): string | null {
  if (found === null) return null
  return PLAIN_EXTENSION.test(found) ? found : 'other'
}

function toTarget(clean: string): ToolTarget {
  const described = describeCleanPath(clean)
  return { ...described, extension: stableExtension(described.extension) }
}

function cleanTarget(value: string): string {
  return cleanPath(removeCarets(value))
}

/** What `targetPiece` would have as the target's name, for who needs no more. */
export function targetName(value: string): string | null {
  return nameOfCleanPath(cleanTarget(value))
}

const readTarget = remembered((value): Word => {
  const clean = cleanTarget(value)
  const target = toTarget(clean)
  const kind = target.class === 'url' ? 'url' : 'path'
  const facts = [...executedFrom(clean), ...namedLike(target)]
  return { kind, text: pathPattern(clean), facts, target }
})

/** A path or URL that the tool executes, loads or works on: the piece carries it as target with the risk of its place. */
export function targetPiece(argument: Argument): Piece {
  return placed(argument, readTarget(argument.value))
}

function describeSwitch(value: string): Word | null {
  const parts = readSwitch(value)
  if (parts === null) return null
  const rest = parts.value === '' ? null : describePlain(parts.value)
  const text = `/${mask(parts.name)}${parts.separator}${rest?.text ?? ''}`
  return { kind: 'switch', text, facts: rest?.facts ?? [], target: rest?.target ?? null }
}

/** An option, with its joined value read as a word of its own. Dash and slash are one. */
export function switchPiece(argument: Argument): Piece {
  return { ...anyPiece(argument), kind: 'switch' }
}

/** Code handed over in the command line itself: its beginning, masked, and the addresses in it. */
export function scriptPiece(argument: Argument): Piece {
  const text = removeCarets(cleanText(argument.value)).replace(/\s+/g, ' ').trim()
  const facts: RiskFact[] = ['inline-script']
  if (findUrl(text) !== null) facts.push('remote-url')
  if (MONIKER.test(text)) facts.push('scriptlet')
  return {
    ...span(argument),
    kind: 'value',
    text: mask(maskUrls(text)).slice(0, SCRIPT_LENGTH_MAX),
    facts,
    target: null,
  }
}

function maskUrls(text: string): string {
  const url = findUrl(text)
  return url === null ? text : text.replace(url, pathPattern(url))
}

function describeMoniker(clean: string): Word {
  const address = cleanPath(clean.slice(clean.indexOf(':') + 1))
  const target = toTarget(address)
  const text = `script:${pathPattern(address)}`
  return { kind: 'url', text, facts: ['scriptlet', ...namedAt(address)], target }
}

/** Text with something in it that a mask or an address hides. */
function describeText(clean: string): Word {
  const url = findUrl(clean)
  const text = mask(maskUrls(clean)).replace(/\s+/g, ' ')
  return {
    kind: text === clean ? 'value' : 'masked',
    text,
    facts: url === null ? [] : ['remote-url'],
    target: null,
  }
}

function isPath(clean: string): boolean {
  return (
    isUrl(clean) || ABSOLUTE.test(clean) || isUnixPath(clean) || FILE_NAME.test(clean) || isRelative(clean)
  )
}

function isRelative(clean: string): boolean {
  return clean.includes('\\') && !/[\s"'<>|{}=;()]/.test(clean)
}

function describeScript(clean: string): Word {
  const { kind, text, facts } = scriptPiece({ value: clean, start: 0, end: 0 })
  return { kind, text, facts, target: null }
}

function describePlain(clean: string): Word {
  if (clean.startsWith('script:')) return describeMoniker(clean)
  if (INLINE_SCRIPT.test(clean)) return describeScript(clean)
  if (!isPath(clean)) return describeText(clean)
  const path = cleanPath(clean)
  const target = toTarget(path)
  const kind = target.class === 'url' ? 'url' : 'path'
  return { kind, text: pathPattern(path), facts: namedAt(path), target }
}

/** `name=value`, `@file` and `/nvalue` hold a word behind their first letters. */
function describeWord(clean: string): Word {
  const joined = JOINED_PATH.exec(clean) ?? (clean.includes('=') ? ASSIGNMENT.exec(clean) : null)
  if (joined === null) return describePlain(clean)
  const [, head = '', value = ''] = joined
  // `EXE_CMD_LINE=/exenoupdates /q` hands options on
  const word = SWITCH.test(value) || OPTIONS.test(value) ? describeText(value) : describePlain(value)
  return { ...word, text: `${head.replace(/^-/, '/')}${word.text}` }
}

function span(argument: Argument): { start: number; end: number } {
  return { start: argument.start, end: argument.end }
}

function placed({ start, end }: Argument, { kind, text, facts, target }: Word): Piece {
  return { start, end, kind, text, facts, target }
}

const readWord = remembered((value): Word => describeSwitch(value) ?? describeWord(cleanText(value).trim()))

/** A switch, an address, a path, inline code or plain text, whichever it looks like. Only its place's strongest facts count. */
export function anyPiece(argument: Argument): Piece {
  return placed(argument, readWord(argument.value))
}

/** A piece whose text the grammar chose itself. */
export function fixedPiece(
  argument: Argument,
  text: string,
  kind: Piece['kind'],
  facts: readonly RiskFact[] = [],
): Piece {
  return { ...span(argument), text, kind, facts, target: null }
}

/** Adds `odd-extension` where something is executed whose extension the tool is not meant for; none at all is not odd. */
export function oddExtension(target: ToolTarget | null, expected: ReadonlySet<string>): readonly RiskFact[] {
  return target === null || target.extension === null || expected.has(target.extension)
    ? []
    : ['odd-extension']
}
