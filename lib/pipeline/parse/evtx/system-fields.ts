import type { Element, Node, Values } from './binxml-node'
import { elementsIn, type Filled, isNamespace, textOf } from './binxml-render'
import type { Chunk } from './chunk'

export type SystemFields = { [name: string]: string }

/** One field of System: an attribute of one of its elements, or the element's text. */
type Field = { key: string; nodes: Node[] }

/** Attributes whose own name says too little once flattened; others keep their name. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['Provider Name', 'Provider'],
  ['Provider Guid', 'ProviderGuid'],
  ['TimeCreated SystemTime', 'TimeCreated'],
])

/** Forwarded events carry the time as text with nine digits, of which the clock fills seven. */
const NANOSECONDS = /(\.\d{7})\d+Z$/

/** The fields of System elements whose children are all written out, made once for each; kept as long as their chunk's templates. */
const PLANS = new WeakMap<Element, Field[]>()

/** What a System element says, flattened to texts; what is empty is left out. Throws Damage. */
export function systemFields(chunk: Chunk, { element, values }: Filled): SystemFields {
  const fields: SystemFields = {}
  const plan = PLANS.get(element)
  if (plan !== undefined) {
    fill(chunk, fields, plan, values)
    return fields
  }
  for (const child of elementsIn(chunk, element.content, values)) {
    fill(chunk, fields, fieldsOf(child.element), child.values)
  }
  const children = element.content.filter(isElement)
  if (children.length === element.content.length) PLANS.set(element, children.flatMap(fieldsOf))
  return fields
}

function fill(chunk: Chunk, fields: SystemFields, plan: Field[], values: Values): void {
  for (const { key, nodes } of plan) {
    const text = textOf(chunk, nodes, values)
    if (text !== '') fields[key] = key === 'TimeCreated' ? text.replace(NANOSECONDS, '$1Z') : text
  }
}

function fieldsOf({ name, attributes, content }: Element): Field[] {
  const fields = attributes
    .filter((attribute) => !isNamespace(attribute.name))
    .map((attribute) => ({
      key: KEYS.get(`${name} ${attribute.name}`) ?? attribute.name,
      nodes: attribute.parts,
    }))
  return content.length === 0 ? fields : [...fields, { key: name, nodes: content }]
}

function isElement(node: Node): node is Element {
  return typeof node !== 'string' && node.kind === 'element'
}
