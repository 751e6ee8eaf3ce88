import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { NO_VALUES } from './binxml-node'
import { parseFragment } from './binxml-parser'
import { elementsIn, elementValues, type Filled, isNamespace, textOf } from './binxml-render'
import type { Chunk } from './chunk'
import { Damage } from './damage'
import { eventDataFields } from './event-data'

/** Whether an event's data is wanted, by System.Provider and System.EventID ("" where absent). */
export type Wants = (provider: string, eventId: string) => boolean

export type SystemFields = { [name: string]: string }
export type EventFields = JsonObject & { System: SystemFields }

/** Attributes of System's elements whose own name says too little once flattened; others keep their name. */
const SYSTEM_KEYS: ReadonlyMap<string, string> = new Map([
  ['Provider Name', 'Provider'],
  ['Provider Guid', 'ProviderGuid'],
  ['TimeCreated SystemTime', 'TimeCreated'],
])

/** Forwarded events carry the time as text with nine digits, of which the clock fills seven. */
const NANOSECONDS = /(\.\d{7})\d+Z$/

/** The fields of the event in a record's binary XML, shaped as `parseEvtx` documents. Throws Damage or RangeError. */
export function eventFields(chunk: Chunk, at: number, end: number, wants: Wants | undefined): EventFields {
  const roots = elementsIn(chunk, parseFragment(chunk, at, end), NO_VALUES)
  const event = roots.find(({ element }) => element.name === 'Event')
  if (event === undefined) throw new Damage('it holds no Event element')
  const children = elementsIn(chunk, event.element.content, event.values)
  const system = children.find(({ element }) => element.name === 'System')
  if (system === undefined) throw new Damage('it holds no System element')
  const fields: EventFields = { System: systemFields(chunk, system), EventData: null, UserData: null }
  const { Provider = '', EventID = '' } = fields.System
  if (wants !== undefined && !wants(Provider, EventID)) return fields
  for (const child of children) if (child.element.name !== 'System') addChild(chunk, fields, child)
  return fields
}

function addChild(chunk: Chunk, fields: EventFields, child: Filled): void {
  const { name } = child.element
  fields[name] =
    name === 'EventData' ? eventDataFields(chunk, child) : (elementValues(chunk, child)[0] ?? null)
}

function systemFields(chunk: Chunk, { element, values }: Filled): SystemFields {
  const fields: SystemFields = {}
  for (const child of elementsIn(chunk, element.content, values)) {
    const { name, attributes, content } = child.element
    for (const attribute of attributes) {
      if (isNamespace(attribute.name)) continue
      const text = textOf(chunk, attribute.parts, child.values)
      const key = SYSTEM_KEYS.get(`${name} ${attribute.name}`) ?? attribute.name
      if (text !== '') fields[key] = key === 'TimeCreated' ? text.replace(NANOSECONDS, '$1Z') : text
    }
    const text = textOf(chunk, content, child.values)
    if (text !== '') fields[name] = text
  }
  return fields
}
