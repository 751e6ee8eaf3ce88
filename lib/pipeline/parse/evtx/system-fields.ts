import type { Element, Node, Program, Values } from './binxml-node'
import { sourceOf, sourceText } from './binxml-program'
import { elementsIn, type Filled, isNamespace } from './binxml-render'
import type { Chunk } from './chunk'

export type SystemFields = { [name: string]: string }

/** Attributes whose own name says too little once flattened; others keep their name. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['Provider Name', 'Provider'],
  ['Provider Guid', 'ProviderGuid'],
  ['TimeCreated SystemTime', 'TimeCreated'],
])

/** Forwarded events carry the time as text with nine digits, of which the clock fills seven. */
const NANOSECONDS = /(\.\d{7})\d+Z$/
const LONGEST_TIME = '2021-04-26T08:26:03.0048574Z'.length

/** What a System element says, flattened to texts; what is empty is left out. Throws Damage. */
export function systemFields(chunk: Chunk, { element, values }: Filled): SystemFields {
  const fields: SystemFields = {}
  for (const child of elementsIn(chunk, element.content, values))
    fillSystem(chunk, fields, programOf([child.element]), child.values)
  return fields
}

/** The program of a System element whose children are all written out, as in every template of Windows; null for others. */
export function systemProgram(element: Element): Program | null {
  const children = element.content.filter(isElement)
  return children.length === element.content.length ? programOf(children) : null
}

/** Adds what a program prints. Throws Damage. */
export function fillSystem(
  chunk: Chunk,
  fields: SystemFields,
  { keys, sources }: Program,
  values: Values,
): void {
  for (let index = 0; index < keys.length; index++) {
    const text = sourceText(chunk, sources[index] ?? '', values)
    if (text !== '') fields[keys[index] ?? ''] = text
  }
  const { TimeCreated: time } = fields
  if (time !== undefined && time.length > LONGEST_TIME)
    fields['TimeCreated'] = time.replace(NANOSECONDS, '$1Z')
}

function programOf(children: Element[]): Program {
  const program: Program = { keys: [], sources: [] }
  const add = (key: string, parts: Node[]) => {
    const source = sourceOf(parts)
    if (source === '') return
    program.keys.push(key)
    program.sources.push(source)
  }
  for (const { name, attributes, content } of children) {
    for (const attribute of attributes)
      if (!isNamespace(attribute.name))
        add(KEYS.get(`${name} ${attribute.name}`) ?? attribute.name, attribute.parts)
    add(name, content)
  }
  return program
}

function isElement(node: Node): node is Element {
  return typeof node !== 'string' && node.kind === 'element'
}
