import { Buffer } from 'node:buffer'
import { atPosition, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { type ByteLine, readLines, textOf } from './byte-lines'
import { decodeText } from './decode-text'
import { TOO_LARGE } from './limits'

/**
 * What stands in each line of a text: `read` makes the items of one, without their positions. Holds one line of at most 1 MiB; a longer one is one rejection,
 * and blank lines are nothing. `position` counts the items from 1.
 */
export function parseLines(
  bytes: AsyncIterable<Uint8Array>,
  read: (line: string) => readonly ParsedItem[],
): AsyncGenerator<ParsedItem> {
  let position = 0
  const itemsOf = (line: ByteLine) => {
    const text = textOf(line)
    if (text === null) return [unread(TOO_LARGE)]
    return text.trim() === '' ? [] : read(text)
  }
  return readLines(inUtf8(bytes), {
    hold: () => undefined,
    read: (line) => itemsOf(line).map((item) => atPosition(item, ++position)),
  })
}

/** The same text in UTF-8, in which lines are cut. */
export async function* inUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of decodeText(bytes)) yield Buffer.from(block)
}
