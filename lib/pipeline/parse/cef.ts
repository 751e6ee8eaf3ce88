import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** What begins an event: nothing, a blank, or what ends a header stands before it. */
export const CEF_START = /(?<=^|[\s>"])CEF:\d{1,2}\|/m
const VERSION = /^CEF:(\d{1,2})\|/
const HEADER = ['deviceVendor', 'deviceProduct', 'deviceVersion', 'deviceEventClassId', 'name', 'severity']
const KEY = /(?:^|\s)([\w.-]{1,128}(?:\[\d{1,4}\])?)=/g
/** The format's own keys, and those that connectors add, where a value of theirs may follow: `sc create x start= auto` has none of them. */
const KNOWN_KEY = new RegExp(
  '^(?:(?:end|rt|start)(?==(?:\\d|[A-Z][a-z]{2} |\\s|$))|(?:cnt|fsize|in|out|type|[ds]p(?:id|t))(?==(?:\\d|\\s|$))|' +
    'ad\\.[\\w.-]+|(?:c6a|cfp|cn|cs|flex[A-Z][a-z]+|deviceCustom[A-Z][a-z]+)\\d(?:Label)?|act|ahost|app|cat|externalId|fname|msg|' +
    'proto|reason|d(?:st|host|mac|ntdom|priv|proc|uid|user|vc|vchost|vcmac|vcpid|tz)|' +
    's(?:rc|host|mac|ntdom|priv|proc|uid|user)|(?:agent|category|destination|device|event|file|old|outcome|request|source)\\w*)' +
    '=(?! (?![\\w.-]{1,128}=))',
)
/** Longer than a key and what shows that it is one. */
const KEY_CHARACTERS = 320
/** Where backslashes are escaped only the others that the format has stand for themselves. */
const NO_ESCAPE = /\\(?![=|nr])/

/**
 * The fields of an event in ArcSight's Common Event Format: the header's by the names that ArcSight has for them (`deviceVendor` … `deviceEventClassId`, `name`,
 * `severity`), `extension`, an object of texts by key, and `repeatedKey`, the first that has two values, where one has. Null where the text does not begin with one, or breaks off in its header.
 */
export function cefFields(text: string): JsonObject | null {
  const version = VERSION.exec(text)
  if (version === null) return null
  const { values, end } = headerOf(text, version[0].length)
  if (values.length < HEADER.length) return null
  const named = HEADER.map((name, index) => [name, values[index] ?? ''] as const)
  return {
    cefVersion: version[1] ?? '',
    ...Object.fromEntries(named),
    ...extensionOf(text.slice(end)),
  }
}

/** The header's values, which end in a bar each. */
function headerOf(line: string, from: number): { values: string[]; end: number } {
  const values: string[] = []
  let start = from
  for (let at = from; at < line.length && values.length < HEADER.length; at++) {
    const character = line.charAt(at)
    if (character === '\\') at++
    if (character !== '|') continue
    values.push(
      line
        .slice(start, at)
        .replace(/\\([\\|])/g, '$1')
        .trim(),
    )
    start = at + 1
  }
  return { values, end: start }
}

/** A value goes on to the next key; of an equals sign in it, which is escaped, no key is made. The first of a name counts. */
function extensionOf(text: string): { extension: JsonObject; repeatedKey?: string } {
  // not all who write it escape the backslashes of paths, and those do not escape equals signs either
  const isEscaped = !NO_ESCAPE.test(text.replaceAll('\\\\', ''))
  const keys = Array.from(text.matchAll(KEY)).filter((key) => isEscaped || isKnown(text, key))
  const values = new Map<string, string>()
  const repeated: string[] = []
  for (const [index, { index: at, 0: whole, 1: name = '' }] of keys.entries()) {
    const next = keys[index + 1]?.index
    const printed = text.slice(at + whole.length, next)
    const shown = next === undefined ? printed.trimEnd() : printed
    const value = isEscaped ? unescaped(shown) : shown
    if (!values.has(name)) values.set(name, value)
    else if (values.get(name) !== value) repeated.push(name)
  }
  const [repeatedKey] = repeated
  return { extension: Object.fromEntries(values), ...(repeatedKey !== undefined && { repeatedKey }) }
}

function isKnown(text: string, { index, 0: whole, 1: name = '' }: RegExpExecArray): boolean {
  const start = index + whole.length - name.length - 1
  return KNOWN_KEY.test(text.slice(start, start + KEY_CHARACTERS))
}

const BREAKS: Readonly<Record<string, string>> = { n: '\n', r: '\r' }

function unescaped(value: string): string {
  return value.replace(/\\([\\=|nr])/g, (_, character: string) => BREAKS[character] ?? character)
}
