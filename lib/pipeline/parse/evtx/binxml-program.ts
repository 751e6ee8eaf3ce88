import type { Node, Program, Source, Values } from './binxml-node'
import { plainText, textOf } from './binxml-render'
import { type Chunk, charge } from './chunk'

/** Where the text of these parts comes from, as short as it can be said. */
export function sourceOf(parts: Node[]): Source {
  const [only] = parts
  if (parts.length === 1 && typeof only === 'object' && only.kind === 'slot') return only.index
  return parts.every((part) => typeof part === 'string') ? parts.join('') : parts
}

/** Throws Damage. */
export function sourceText(chunk: Chunk, source: Source, values: Values): string {
  if (typeof source === 'number')
    return plainText(chunk, source, values) ?? textOf(chunk, [{ kind: 'slot', index: source }], values)
  if (typeof source !== 'string') return textOf(chunk, source, values)
  charge(chunk, source.length + 1)
  return source
}

/** A program of these of its keys. */
export function partOf({ keys, sources }: Program, wanted: ReadonlySet<string>): Program {
  const indexes = keys.flatMap((key, index) => (wanted.has(key) ? [index] : []))
  return {
    keys: keys.filter((key) => wanted.has(key)),
    sources: indexes.map((index) => sources[index] ?? ''),
  }
}

/** What stands under a key; of a key that comes again, its last. */
export function sourceUnder({ keys, sources }: Program, key: string): Source {
  return sources[keys.lastIndexOf(key)] ?? ''
}
