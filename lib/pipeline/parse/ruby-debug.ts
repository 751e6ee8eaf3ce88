import { asRecord, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { parseLineRecords } from './line-records'
import { readRuby } from './ruby-inspect'

const BEGINNING = /^\{\r?\n[\t ]{1,512}"[^"\\\r\n]{1,128}" {1,256}=> /m

/** Where the first event begins that Logstash prints for people (rubydebug), behind what it says of its own start; -1 where there is none. */
export function rubyDebugStart(text: string): number {
  return text.search(BEGINNING)
}

/**
 * The events that Logstash prints for people (`stdout { codec => rubydebug }`), in file order; `fields` as Logstash has them. Bad data never throws. `position`
 * counts the events from 1.
 */
export function parseRubyDebug(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  return parseLineRecords(bytes, {
    isStart: (line) => line === '{',
    toItem,
    // what Logstash says of its own start
    noBeginning: null,
  })
}

function toItem(lines: readonly string[]): ParsedItem {
  // Logstash may say something of itself behind an event
  const fields = readRuby(lines.join('\n'))
  return fields === null ? unread('it is not an event as Logstash prints it (rubydebug)') : asRecord(fields)
}
