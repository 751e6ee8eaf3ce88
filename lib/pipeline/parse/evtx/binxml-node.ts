/** A place in a template that an instance fills: index into its values. */
export type Slot = { kind: 'slot'; index: number }
/** `program` is made when the element is met first as an event's System or EventData, null where it is too unusual for one. */
export type Element = {
  kind: 'element'
  name: string
  attributes: Attribute[]
  content: Node[]
  program?: Program | null
}
type Attribute = { name: string; parts: Node[] }
/** A template with the values that fill it. */
export type Instance = { kind: 'instance'; template: Template; values: Values }
/** Binary XML made ready for replay: text is a string. */
export type Node = string | Slot | Element | Instance

/** `event` is made when the template is met first as a whole event, null where it is none of the usual shape. */
export type Template = { nodes: Node[]; event?: EventProgram | null }

/** What is printed under one key: literal text, the index of a slot, or several parts. */
export type Source = string | number | Node[]

/** An element flattened to named texts: replayed for each record, it only has to look its values up. */
export type Program = { keys: string[]; sources: Source[] }

/** A template that is an event: System flattened, what tells the event's kind, the fields kept of unwanted events, and the other children. */
export type EventProgram = {
  system: Program
  core: Program
  provider: Source
  eventId: Source
  channel: Source
  rest: Node[]
}

/** The values of an instance, left in the chunk: descriptor i lies at `table + 4 i` (size u16, type u8), its bytes at `starts[i]`. */
export type Values = { table: number; starts: number[] }

export const NO_VALUES: Values = { table: 0, starts: [] }
