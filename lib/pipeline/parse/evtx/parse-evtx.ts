import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { openBlocks } from './block-reader'
import { CHUNK_BYTES } from './chunk'
import type { Wants } from './event-fields'
import { newFileMemory } from './file-memory'
import type { ChunkItem } from './read-chunk'
import { readFile } from './read-file'

/** `wants` says by System's Provider, EventID and Channel whose data is needed. Of the rest System's Provider, EventID, TimeCreated, EventRecordID, Channel and Computer are read, enough to count them. */
export type EvtxOptions = { wants?: Wants }

/**
 * The records of a Windows event log (EVTX), in file order, from the bytes of the file in pieces of any size.
 * Holds one chunk (64 KiB) in memory whatever the file's size. Bad data never throws: each record, chunk or file that cannot be read
 * is one rejection, and reading goes on where it can. Errors of the byte source pass through.
 *
 * `position` counts the items from 1, rejections included; `recordId` is System's EventRecordID (or the record header's).
 * `fields` of a record:
 * ```
 * { System: { Provider, ProviderGuid, EventSourceName, EventID, Qualifiers, Version, Level, Task, Opcode, Keywords, TimeCreated,
 *             EventRecordID, ActivityID, RelatedActivityID, ProcessID, ThreadID, Channel, Computer, UserID, … },
 *   EventData: { [name]: text } | null,
 *   UserData:  { [element]: nested } | text | null }
 * ```
 * - System: texts only. An element's text is under its name, an attribute under its own name (Execution's ProcessID, Security's
 *   UserID …) except Provider's Name → Provider, Provider's Guid → ProviderGuid and TimeCreated's SystemTime → TimeCreated.
 *   What is empty in the log is absent.
 * - TimeCreated: UTC with 100 ns, "2021-04-26T08:26:03.0048574Z". Keywords: "0x8000000000000000". GUIDs: lower case with braces.
 * - EventData: by each Data's Name; without one by its element's name ("Data", "Binary"). A key that comes again gets its ordinal:
 *   "Data", "Data2", "Data3" (arrays are printed as repeated elements, so they do too). An empty value is "". Hexadecimal types are
 *   "0x1f4", decimal ones "500", binary upper-case hexadecimal. A child with elements of its own is nested like UserData.
 * - UserData: nested as in the log; an element with text only is its text, else an object of attributes (xmlns left out), children
 *   (an array where a name repeats) and "#text".
 * - Other children of Event (RenderingInfo of forwarded events, ProcessingErrorData …) under their name, nested like UserData.
 */
export async function* parseEvtx(
  source: AsyncIterable<Uint8Array>,
  options: EvtxOptions = {},
): AsyncGenerator<ParsedItem> {
  const blocks = openBlocks(source, CHUNK_BYTES)
  let position = 0
  try {
    for await (const items of readFile(blocks, { memory: newFileMemory(), wants: options.wants })) {
      for (const item of items) {
        position += 1
        yield numbered(item, position)
      }
    }
  } finally {
    await blocks.close()
  }
}

function numbered(item: ChunkItem, position: number): ParsedItem {
  const { recordId } = item
  return item.kind === 'record'
    ? { kind: 'record', record: { position, recordId, fields: item.fields } }
    : {
        kind: 'rejection',
        // what has no id is no record: a chunk, or the file
        rejection: { position, recordId, reason: item.reason, ...(recordId === null && { isDamage: true }) },
      }
}
