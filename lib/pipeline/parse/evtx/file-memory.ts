import type { Buffer } from 'node:buffer'
import type { Template } from './binxml-node'
import { type KnownTexts, noTexts } from './known-text'

/** Where a definition refers to a name, from its first token; `isInPlace` where the name itself follows, being used first there. */
export type NameUse = { at: number; name: string; isInPlace: boolean }

/** A template as one chunk defined it: the bytes of its tokens, and what they were compiled to. */
export type Definition = { bytes: Buffer; uses: NameUse[]; template: Template }

/** What the chunks of one file share. It never changes what is read, only how fast, and its size is bounded. */
export type FileMemory = {
  texts: KnownTexts
  /** By GUID and size; several where the same template has its names in other places. */
  definitions: Map<number, Definition[]>
  definitionBytes: number
}

export function newFileMemory(): FileMemory {
  return { texts: noTexts(), definitions: new Map(), definitionBytes: 0 }
}
