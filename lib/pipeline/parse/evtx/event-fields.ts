import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { NO_VALUES } from './binxml-node'
import { parseFragment } from './binxml-parser'
import { elementsIn, elementValues, type Filled } from './binxml-render'
import type { Chunk } from './chunk'
import { Damage } from './damage'
import { eventDataFields } from './event-data'
import { type SystemFields, systemFields } from './system-fields'

/** Whether an event's data is wanted, by System.Provider and System.EventID ("" where absent). */
export type Wants = (provider: string, eventId: string) => boolean

type EventFields = JsonObject & { System: SystemFields }

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
