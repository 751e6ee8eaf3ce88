import { Buffer } from 'node:buffer'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { decodeText } from './decode-text'
import { type JsonOptions, parseJson } from './json'

/** A line of its own before each object; no text in JSON has a line feed, so that none is taken out of one. */
const HEADING = /(?<![^\n])Record \d{1,20}[\t\r ]{0,8}(?=\n|$)/g
const HEADING_CHARACTERS = 64

/** The objects that evtx_dump prints (`-o json`), each behind a line with its number, as `parseJson` reads them. */
export function parseEvtxDumpJson(
  bytes: AsyncIterable<Uint8Array>,
  options: JsonOptions = {},
): AsyncGenerator<ParsedItem> {
  return parseJson(withoutHeadings(bytes), options)
}

async function* withoutHeadings(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const lines = new HeadedLines()
  for await (const block of decodeText(bytes)) yield Buffer.from(lines.add(block))
  yield Buffer.from(lines.end())
}

/** Takes headings out of a text that arrives in pieces; holds no more of a line than a heading has. */
class HeadedLines {
  private begun = ''
  private isMidLine = false

  add(block: string): string {
    const text = this.begun + block
    const end = text.lastIndexOf('\n') + 1
    const from = this.isMidLine ? text.indexOf('\n') + 1 : 0
    const lines = text.slice(0, from) + text.slice(from, end).replace(HEADING, '')
    const rest = text.slice(end)
    this.isMidLine = (this.isMidLine && end === 0) || rest.length > HEADING_CHARACTERS
    this.begun = this.isMidLine ? '' : rest
    return this.isMidLine ? lines + rest : lines
  }

  end(): string {
    return this.begun.replace(HEADING, '')
  }
}
