import { Buffer } from 'node:buffer'
import ipaddr from 'ipaddr.js'
import { RE2JS } from 're2js'
import type { Matcher } from './check'
import { base64Offsets, encodeUtf16 } from './encode'
import type { Modifiers, Step } from './modifiers'
import { RuleProblem } from './rule'
import { anyDash, compilePattern, MANY, type Piece, plainText, readWildcards } from './text-pattern'

export type ScalarValue = string | number | boolean | null

/** Longer ones are in no published rule. */
const MAX_VALUE = 8192
const MAX_REGEX = 2048
/** Steps that a regular expression takes a character at most: bounds its time on the longest command line. */
const MAX_REGEX_PROGRAM = 2000
/** What logs print where there is nothing, and what is therefore read as nothing. */
const EMPTY = new Set(['', '-', '?'])

/** A value's matchers, of which one must fit. @throws RuleProblem */
export function toMatchers(value: ScalarValue, modifiers: Modifiers): Matcher[] {
  if (typeof value === 'string' && value.length > MAX_VALUE)
    throw new RuleProblem(`A value is longer than ${MAX_VALUE} characters.`)
  switch (modifiers.type) {
    case 'text':
      return value === null ? [nullMatcher(modifiers)] : textMatchers(String(value), modifiers)
    case 're':
      return [{ kind: 'regex', regex: compileRegex(value, modifiers.regexFlags) }]
    case 'cidr':
      return [{ kind: 'cidr', range: readRange(value) }]
    case 'exists':
      if (typeof value !== 'boolean') throw new RuleProblem('The modifier exists takes true or false.')
      return [{ kind: 'exists', expected: value }]
    case 'fieldref':
      throw new RuleProblem('The modifier fieldref takes the name of a field.')
    default:
      return [{ kind: 'number', order: modifiers.type, value: readNumber(value, modifiers.type) }]
  }
}

function nullMatcher({ steps }: Modifiers): Matcher {
  if (steps.length > 0) throw new RuleProblem(`The value null does not go with ${steps.join(' and ')}.`)
  return { kind: 'null' }
}

function textMatchers(written: string, { steps, cased }: Modifiers): Matcher[] {
  let values: (readonly Piece[] | Buffer)[] = [readWildcards(written)]
  for (const step of steps) values = values.flatMap((value) => apply(step, value))
  return values.map((value) => {
    if (!Array.isArray(value))
      throw new RuleProblem('UTF-16 is only supported before base64 or base64offset.')
    const plain = plainText(value)
    return {
      kind: 'text',
      pattern: compilePattern(value, cased),
      matchesEmpty: plain !== null && EMPTY.has(plain),
    }
  })
}

function apply(step: Step, value: readonly Piece[] | Buffer): (readonly Piece[] | Buffer)[] {
  switch (step) {
    case 'base64':
      return [[toBytes(value, step).toString('base64')]]
    case 'base64offset':
      return base64Offsets(toBytes(value, step)).map((encoded) => [encoded])
    case 'utf16le':
    case 'utf16be':
    case 'utf16':
      return [encodeUtf16(toPlain(value, step), step)]
    case 'windash':
      return [anyDash(toPieces(value, step))]
    default: {
      const pieces = toPieces(value, step)
      const before: Piece[] = step === 'startswith' ? [] : [MANY]
      const after: Piece[] = step === 'endswith' ? [] : [MANY]
      return [[...before, ...pieces, ...after]]
    }
  }
}

function toPieces(value: readonly Piece[] | Buffer, step: Step): readonly Piece[] {
  if (!Array.isArray(value)) throw new RuleProblem(`The modifier ${step} does not go with UTF-16 before it.`)
  return value
}

function toPlain(value: readonly Piece[] | Buffer, step: Step): string {
  const plain = plainText(toPieces(value, step))
  if (plain === null) throw new RuleProblem(`The modifier ${step} does not go with wildcards.`)
  return plain
}

function toBytes(value: readonly Piece[] | Buffer, step: Step): Buffer {
  return Array.isArray(value) ? toUtf8(toPlain(value, step)) : (value as Buffer)
}

function toUtf8(text: string): Buffer {
  return Buffer.from(text, 'utf8')
}

/** RE2 reads any text in time that grows with its length; what it cannot do (looking around, back references) is refused. */
function compileRegex(value: ScalarValue, flags: string): RE2JS {
  if (typeof value !== 'string') throw new RuleProblem('The modifier re takes a regular expression as text.')
  if (value.length > MAX_REGEX)
    throw new RuleProblem(`A regular expression is longer than ${MAX_REGEX} characters.`)
  const regex = tryCompile(value, flags)
  if (regex.programSize() > MAX_REGEX_PROGRAM)
    throw new RuleProblem('A regular expression repeats too much: it would slow everything down.')
  return regex
}

const FLAG_VALUES = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL } as const

function tryCompile(source: string, flags: string): RE2JS {
  const bits = [...flags].reduce((sum, flag) => sum | FLAG_VALUES[flag as keyof typeof FLAG_VALUES], 0)
  try {
    return RE2JS.compile(source, bits)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : ''
    throw new RuleProblem(`A regular expression is not supported: ${why.slice(0, 120)}.`, { cause: error })
  }
}

function readRange(value: ScalarValue): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const written = typeof value === 'string' ? value.trim() : ''
  try {
    return ipaddr.parseCIDR(
      written.includes('/') ? written : `${written}/${written.includes(':') ? 128 : 32}`,
    )
  } catch (error) {
    throw new RuleProblem(`${written.slice(0, 60) || 'A value'} is not a network like 10.0.0.0/8.`, {
      cause: error,
    })
  }
}

function readNumber(value: ScalarValue, order: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new RuleProblem(`The modifier ${order} takes a number.`)
  return number
}
