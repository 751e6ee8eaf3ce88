import { Buffer } from 'node:buffer'
import type { JsonObject, ParsedItem } from '@/lib/pipeline/event/raw-record'
import { detectFormat } from './detect-format'
import { parseJsonText } from './json'
import { parseFile } from './parse-file'

const HEAD_BYTES = 4096

/** The records of a text that a shipper sends as one event: JSON, XML or an export's text, told by content like a file. */
export async function parseText(text: string): Promise<ParsedItem[]> {
  if (text.startsWith('{')) return parseJsonText(text)
  const bytes = Buffer.from(text)
  const items: ParsedItem[] = []
  for await (const item of parseFile(detectFormat(bytes.subarray(0, HEAD_BYTES)), once(bytes)))
    items.push(item)
  return items
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Where forwarders put a line that they do not look into; `System` is where Fluent Bit puts an event rendered as XML. */
const MESSAGE_FIELDS = ['message', 'MESSAGE', 'msg', 'log', '_raw', 'raw_event', 'System'] as const

/** The event that a forwarder wrapped as text in a field of its own; null where no field holds JSON or XML. */
export function wrappedText(fields: JsonObject): string | null {
  for (const name of MESSAGE_FIELDS) {
    const text = fields[name]
    if (typeof text !== 'string') continue
    const trimmed = text.trimStart()
    if (trimmed.startsWith('{') || trimmed.startsWith('<')) return trimmed
  }
  return null
}
