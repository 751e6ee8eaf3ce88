import { LISTS } from './json-answer'

/** What stands around a list of records in the answer of a search, as products' interfaces give it. */
const SCALAR = '(?:"(?:[^"\\\\]|\\\\.){0,2000}"|[\\w.+-]{1,40})'
const FLAT_OBJECT = '\\{[^{}]{0,20000}\\}'
const FLAT_LIST = '\\[[^[\\]]{0,60000}\\]'
/** A key that shows an event is no answer's. */
const KEY = '"(?!(?:EventID|event_id|@timestamp|System|Event)")[^"\\\\]{0,100}"'
const ENTRY = `${KEY}\\s*:\\s*(?:${SCALAR}|${FLAT_OBJECT}|${FLAT_LIST})\\s*,\\s*`
const ENTRIES = `(?:${ENTRY}){0,20}`
/** What Defender and Falcon say of the answer itself are objects in objects. */
const DEEP_OBJECT = `\\{(?:[^{}]|\\{(?:[^{}]|\\{(?:[^{}]|${FLAT_OBJECT}){0,20000}\\}){0,20000}\\}){0,20000}\\}`
const STATISTICS = `(?:"(?:Stats|meta)"\\s*:\\s*${DEEP_OBJECT}\\s*,\\s*)?`
/** Kibana and asynchronous searches wrap the answer once more, several searches at once in a list. */
const WRAPPER = `(?:"(?:rawResponse|response)"\\s*:\\s*\\{\\s*${ENTRIES}|"responses"\\s*:\\s*\\[\\s*\\{\\s*${ENTRIES})?`
const LIST = `"(?:${[...LISTS].join('|')})"\\s*:\\s*\\[\\s*(?=\\{)`
const ANSWER = new RegExp(
  `^\\s*\\{\\s*${STATISTICS}${ENTRIES}${WRAPPER}(?:"hits"\\s*:\\s*\\{\\s*${ENTRIES})?${LIST}`,
  'i',
)

/** More than stands before the list in any answer. */
const HEAD_CHARACTERS = 64 * 1024

/**
 * Where the list of records begins in a text that is a search's answer: `{"took": …, "hits": {"hits": [` of Elasticsearch, `{"Schema": […], "Results": [` of
 * Defender, also behind its `Stats`, `{"meta": …, "resources": [` of Falcon, `{"value": [` and `{"records": [` of Azure. Null where the text begins otherwise.
 */
export function listStart(text: string): number | null {
  return ANSWER.exec(text.slice(0, HEAD_CHARACTERS))?.[0].length ?? null
}
