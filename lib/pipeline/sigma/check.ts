import ipaddr from 'ipaddr.js'
import type { RE2JS } from 're2js'
import { fitsPattern, fold, type TextPattern } from './text-pattern'

/** true, false, or null: unknown. */
export type Truth = boolean | null

/** An event's fields by lower-case Sigma name: undefined = its source does not report it, null = reported and empty. */
export type SigmaFields = Readonly<Record<string, string | null | undefined>>

export type Matcher =
  | { kind: 'text'; pattern: TextPattern; matchesEmpty: boolean }
  | { kind: 'regex'; regex: RE2JS }
  | { kind: 'number'; order: 'lt' | 'lte' | 'gt' | 'gte'; value: number }
  | { kind: 'cidr'; range: readonly [ipaddr.IPv4 | ipaddr.IPv6, number] }
  | { kind: 'null' }
  | { kind: 'exists'; expected: boolean }
  | { kind: 'field'; other: string; how: 'equals' | 'startswith' | 'endswith' | 'contains'; cased: boolean }

/** One question about one field; null = any field (keywords), undefined = a field that no event has. */
export type Check = { field: string | null | undefined; matcher: Matcher }

/** An event being looked at: folded texts are worked out once. */
export class Subject {
  private readonly folded = new Map<string, string>()

  constructor(readonly fields: SigmaFields) {}

  text(field: string, cased: boolean): string | null | undefined {
    const text = this.fields[field]
    if (cased || typeof text !== 'string') return text
    const known = this.folded.get(field)
    if (known !== undefined) return known
    const folded = fold(text)
    this.folded.set(field, folded)
    return folded
  }
}

export function checkCost({ field, matcher }: Check): number {
  const one = matcher.kind === 'regex' ? 50 : 1
  return field === null ? one * 10 : one
}

export function runCheck({ field, matcher }: Check, subject: Subject): Truth {
  if (field === undefined) return null
  if (field === null)
    return Object.keys(subject.fields).some((one) => runMatcher(matcher, one, subject) === true)
  return runMatcher(matcher, field, subject)
}

function runMatcher(matcher: Matcher, field: string, subject: Subject): Truth {
  const text = subject.text(field, matcher.kind !== 'text' || matcher.pattern.cased)
  if (text === undefined) return null
  if (matcher.kind === 'null') return text === null
  if (matcher.kind === 'exists') return (text !== null) === matcher.expected
  if (matcher.kind === 'field') return compareFields(matcher, field, subject)
  if (text === null) return matcher.kind === 'text' && matcher.matchesEmpty
  switch (matcher.kind) {
    case 'text':
      return fitsPattern(matcher.pattern, text)
    case 'regex':
      return matcher.regex.test(text)
    case 'number':
      return compareNumber(matcher, text)
    case 'cidr':
      return isInRange(matcher.range, text)
  }
}

function compareNumber({ order, value }: Extract<Matcher, { kind: 'number' }>, text: string): boolean {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (order === 'lt') return number < value
  if (order === 'lte') return number <= value
  return order === 'gt' ? number > value : number >= value
}

function isInRange([network, bits]: readonly [ipaddr.IPv4 | ipaddr.IPv6, number], text: string): boolean {
  if (text.length > 64 || !ipaddr.isValid(text)) return false
  const plain = ipaddr.parse(text)
  // sensors print IPv4 addresses of IPv6 sockets as ::ffff:192.0.2.1
  const address = plain instanceof ipaddr.IPv6 && plain.isIPv4MappedAddress() ? plain.toIPv4Address() : plain
  return address.kind() === network.kind() && address.match(network, bits)
}

function compareFields(
  { other, how, cased }: Extract<Matcher, { kind: 'field' }>,
  field: string,
  subject: Subject,
): Truth {
  const text = subject.text(field, cased)
  const expected = subject.text(other, cased)
  if (text === undefined || expected === undefined) return null
  if (text === null || expected === null) return text === expected
  if (how === 'startswith') return text.startsWith(expected)
  if (how === 'endswith') return text.endsWith(expected)
  return how === 'contains' ? text.includes(expected) : text === expected
}
