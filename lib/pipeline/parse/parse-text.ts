import { Buffer } from 'node:buffer'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
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
