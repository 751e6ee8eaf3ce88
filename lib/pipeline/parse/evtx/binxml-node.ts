/** A place in a template that an instance fills: index into its values. */
export type Slot = { kind: 'slot'; index: number }
export type Element = { kind: 'element'; name: string; attributes: Attribute[]; content: Node[] }
type Attribute = { name: string; parts: Node[] }
/** A template with the values that fill it. */
export type Instance = { kind: 'instance'; template: Template; values: Values }
/** Binary XML made ready for replay: text is a string. */
export type Node = string | Slot | Element | Instance

export type Template = { nodes: Node[] }

/** The values of an instance, left in the chunk: descriptor i lies at `table + 4 i` (size u16, type u8), its bytes at `starts[i]`. */
export type Values = { table: number; starts: number[] }

export const NO_VALUES: Values = { table: 0, starts: [] }
