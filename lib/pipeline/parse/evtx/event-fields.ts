import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { type EventProgram, NO_VALUES, type Node, type Template, type Values } from './binxml-node'
import { parseFragment } from './binxml-parser'
import { partOf, sourceText, sourceUnder } from './binxml-program'
import { elementsIn, elementValues, type Filled } from './binxml-render'
import type { Chunk } from './chunk'
import { Damage } from './damage'
import { eventDataFields } from './event-data'
import { fillSystem, type SystemFields, systemFields, systemProgram } from './system-fields'

/** Whether an event's data is wanted, by System's Provider, EventID and Channel ("" where absent). */
export type Wants = (provider: string, eventId: string, channel: string) => boolean

type EventFields = JsonObject & { System: SystemFields }

/** What is told of events that are not wanted: enough to count them. */
const CORE: ReadonlySet<string> = new Set([
  'Provider',
  'EventID',
  'TimeCreated',
  'EventRecordID',
  'Channel',
  'Computer',
])

/** The fields of the event in a record's binary XML, shaped as `parseEvtx` documents. Throws Damage or RangeError. */
export function eventFields(chunk: Chunk, at: number, end: number, wants: Wants | undefined): EventFields {
  const nodes = parseFragment(chunk, at, end)
  const [root] = nodes
  const program =
    nodes.length === 1 && typeof root === 'object' && root.kind === 'instance'
      ? eventProgram(root.template)
      : null
  return program !== null && typeof root === 'object' && root.kind === 'instance'
    ? replay(chunk, program, root.values, wants)
    : anyFields(chunk, nodes, wants)
}

/** A record of a template met before: its values are looked up, nothing is searched for. */
function replay(chunk: Chunk, program: EventProgram, values: Values, wants: Wants | undefined): EventFields {
  const fields: EventFields = { System: {}, EventData: null, UserData: null }
  const isWanted =
    wants === undefined ||
    wants(
      sourceText(chunk, program.provider, values),
      sourceText(chunk, program.eventId, values),
      sourceText(chunk, program.channel, values),
    )
  fillSystem(chunk, fields.System, isWanted ? program.system : program.core, values)
  if (isWanted) addChildren(chunk, fields, elementsIn(chunk, program.rest, values))
  return fields
}

/** Events of any other shape: no template around them, or System put together of parts. */
function anyFields(chunk: Chunk, nodes: Node[], wants: Wants | undefined): EventFields {
  const event = elementsIn(chunk, nodes, NO_VALUES).find(({ element }) => element.name === 'Event')
  if (event === undefined) throw new Damage('it holds no Event element')
  const children = elementsIn(chunk, event.element.content, event.values)
  const system = children.find(({ element }) => element.name === 'System')
  if (system === undefined) throw new Damage('it holds no System element')
  const fields: EventFields = { System: systemFields(chunk, system), EventData: null, UserData: null }
  const { Provider = '', EventID = '', Channel = '' } = fields.System
  if (wants === undefined || wants(Provider, EventID, Channel)) addChildren(chunk, fields, children)
  return fields
}

function addChildren(chunk: Chunk, fields: EventFields, children: Filled[]): void {
  for (const child of children) {
    const { name } = child.element
    if (name === 'EventData') fields[name] = eventDataFields(chunk, child)
    else if (name !== 'System') fields[name] = elementValues(chunk, child)[0] ?? null
  }
}

/** The program of a template that is an event as Windows writes it; null for others. */
function eventProgram(template: Template): EventProgram | null {
  if (template.event === undefined) template.event = compile(template.nodes)
  return template.event
}

function compile([event, ...others]: Node[]): EventProgram | null {
  if (others.length > 0 || typeof event !== 'object' || event.kind !== 'element' || event.name !== 'Event')
    return null
  const [first, ...rest] = event.content
  if (typeof first !== 'object' || first.kind !== 'element' || first.name !== 'System') return null
  const system = systemProgram(first)
  if (system === null) return null
  return {
    system,
    core: partOf(system, CORE),
    provider: sourceUnder(system, 'Provider'),
    eventId: sourceUnder(system, 'EventID'),
    channel: sourceUnder(system, 'Channel'),
    rest,
  }
}
