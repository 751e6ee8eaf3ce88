import { all, any, type Expression } from './expression'
import { eventField } from './fields'
import { type ScalarValue, toMatchers } from './matchers'
import { type Modifiers, readModifiers } from './modifiers'
import { RuleProblem, type SigmaCategory } from './rule'

/** Where a rule's questions are collected from: which fields its events have, and which it asks for in vain. */
export class FieldsAsked {
  readonly unknown = new Set<string>()

  constructor(readonly category: SigmaCategory) {}

  place(written: string): string | undefined {
    const field = eventField(this.category, written)
    if (field === undefined) this.unknown.add(written)
    return field
  }
}

/**
 * A search identifier's value as an expression: a map means all of its fields, a list any of its items, texts without a field are looked
 * for in every field. @throws RuleProblem
 */
export function readDetection(value: unknown, fields: FieldsAsked): Expression {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RuleProblem('A list is empty.')
    return any(value.map((item) => (isMap(item) ? readMap(item, fields) : readKeyword(item))))
  }
  return isMap(value) ? readMap(value, fields) : readKeyword(value)
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readMap(map: Record<string, unknown>, fields: FieldsAsked): Expression {
  const entries = Object.entries(map)
  if (entries.length === 0) throw new RuleProblem('A map is empty.')
  return all(entries.map(([key, value]) => readField(key, value, fields)))
}

function readField(key: string, value: unknown, fields: FieldsAsked): Expression {
  const [name = '', ...modifierNames] = key.split('|')
  const modifiers = readModifiers(modifierNames)
  const values = (Array.isArray(value) ? value : [value]).map((one) => scalar(one, key))
  if (values.length === 0) throw new RuleProblem(`${key.slice(0, 80)} has no value.`)
  const wanted = name === '' ? keywordModifiers(modifiers) : modifiers
  const field = name === '' ? null : fields.place(name)
  const each = values.map((one) => readValue(field, one, wanted, fields))
  const combined = wanted.all ? all(each) : any(each)
  return wanted.negated ? { kind: 'not', of: combined } : combined
}

function readValue(
  field: string | null | undefined,
  value: ScalarValue,
  modifiers: Modifiers,
  fields: FieldsAsked,
): Expression {
  if (modifiers.type !== 'fieldref')
    return any(toMatchers(value, modifiers).map((matcher) => ({ kind: 'check', check: { field, matcher } })))
  if (typeof value !== 'string') throw new RuleProblem('The modifier fieldref takes the name of a field.')
  const other = fields.place(value)
  if (other === undefined || !field)
    return { kind: 'check', check: { field: undefined, matcher: { kind: 'null' } } }
  const matcher = { kind: 'field', other, how: modifiers.place ?? 'equals', cased: modifiers.cased } as const
  return { kind: 'check', check: { field, matcher } }
}

function readKeyword(item: unknown): Expression {
  const value = scalar(item, 'a keyword')
  const matchers = toMatchers(value, keywordModifiers(readModifiers([])))
  return any(matchers.map((matcher) => ({ kind: 'check', check: { field: null, matcher } })))
}

/** Keywords may stand anywhere in a field. */
function keywordModifiers(modifiers: Modifiers): Modifiers {
  if (modifiers.type === 're') return modifiers
  if (modifiers.type !== 'text') throw new RuleProblem(`The modifier ${modifiers.type} needs a field.`)
  return { ...modifiers, steps: [...modifiers.steps, 'contains'] }
}

function scalar(value: unknown, where: string): ScalarValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  throw new RuleProblem(
    `${where.slice(0, 80)} has a value that is neither a text, a number, true, false nor null.`,
  )
}
