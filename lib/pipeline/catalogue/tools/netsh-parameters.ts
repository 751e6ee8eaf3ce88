import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece } from './data-piece'
import { fixedPiece, isFlag, switchPiece } from './piece'
import type { Piece } from './tool-use'

const ASSIGNMENT = /^\s{0,8}([a-z][a-z0-9]{0,30})\s{0,8}=(.*)$/s
const NAME = /^\s{0,8}[a-z][a-z0-9]{0,30}\s{0,8}$/
const NAME_ENDING = /^\s{0,8}[a-z][a-z0-9]{0,30}\s{0,8}=\s{0,8}$/

export type Parameter = { name: string; value: string; argument: Argument }

function joined(first: Argument, ...others: readonly Argument[]): Argument {
  const value = [first, ...others].map((one) => one.value).join('')
  return { value, start: first.start, end: others.at(-1)?.end ?? first.end }
}

/** How many of these arguments are one assignment: `name = value`, `name= value` and `name =value` are `name=value` to netsh. */
function lengthOfAssignment(args: readonly Argument[], at: number): number {
  const [first = '', next, last] = args.slice(at, at + 3).map(({ value }) => cleanText(value))
  if (next === undefined) return 1
  if (NAME_ENDING.test(first)) return ASSIGNMENT.test(next) ? 1 : 2
  if (!NAME.test(first) || !next.startsWith('=')) return 1
  return next.trim() === '=' && last !== undefined ? 3 : 2
}

function joinAssignments(args: readonly Argument[]): readonly Argument[] {
  const found: Argument[] = []
  for (let at = 0; at < args.length; ) {
    const length = lengthOfAssignment(args, at)
    const [first, ...others] = args.slice(at, at + length)
    if (first !== undefined) found.push(joined(first, ...others))
    at += length
  }
  return found
}

/** `name=value`; without a name the position says what it is. */
export function parametersOf(rest: readonly Argument[]): readonly Parameter[] {
  return joinAssignments(rest).map((argument) => {
    const clean = cleanText(argument.value)
    const [, name, given = ''] = ASSIGNMENT.exec(clean) ?? []
    if (name === undefined) return { name: '', value: clean.trim(), argument }
    const value = given.trim()
    return { name, value, argument: { ...argument, value: `${name}=${value}` } }
  })
}

/** Tags may be cut short, as commands may. Of what a rule was and becomes (`new`) the latter stands last. */
export function parameterAt(parameters: readonly Parameter[], tag: string): Parameter | undefined {
  return parameters.findLast(({ name }) => name.length > 1 && tag.startsWith(name))
}

export function valueAt(parameters: readonly Parameter[], tag: string): string {
  return parameterAt(parameters, tag)?.value ?? ''
}

/** By its tag, else by where it stands. */
export function parameterOr(
  parameters: readonly Parameter[],
  tag: string,
  position: number,
): Parameter | undefined {
  const placed = parameters[position]
  return parameterAt(parameters, tag) ?? (placed?.name === '' ? placed : undefined)
}

const SECRETS = /(?:psk|secret|pass(?:w|wd|word|phrase)?|pwd)$|^keym|^auth[12]p/
const HOSTED = 'wlan set hostednetwork'
/** Mode and name of a hosted network stand before its key. */
const HOSTED_KEY = 2

/** A word without a name that may be the key of a network, by where it stands. */
function isPlacedKey(command: string, { name, value }: Parameter, at: number): boolean {
  return command === HOSTED && name === '' && at >= HOSTED_KEY && !/^(?:persistent|temporary)$/.test(value)
}

export function parameterPiece(command: string, parameter: Parameter, at: number): Piece {
  const { name, value, argument } = parameter
  if (isPlacedKey(command, parameter, at)) return fixedPiece(argument, '<secret>', 'masked')
  if (SECRETS.test(name) || (/^ke?y?$/.test(name) && value !== 'clear'))
    return fixedPiece(argument, `${name}=<secret>`, 'masked')
  if (name === 'user') return fixedPiece(argument, 'user=<account>', 'masked')
  return isFlag(argument) ? switchPiece(argument) : dataPiece(argument)
}
