import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** What begins an event: nothing, a blank, or what ends a header stands before it. */
export const CEF_START = /(?<=^|[\s>"])CEF:\d{1,2}\|/m
const VERSION = /^CEF:(\d{1,2})\|/
const HEADER = ['deviceVendor', 'deviceProduct', 'deviceVersion', 'deviceEventClassId', 'name', 'severity']
const KEY = /(?:^|\s)([\w.-]{1,128}(?:\[\d{1,4}\])?)=/g
/** The format's own keys, and those that connectors add. */
const KNOWN_KEY = new RegExp(
  '^(?:ad\\..+|(?:c6a|cfp|cn|cs|flex[A-Z][a-z]+|deviceCustom[A-Z][a-z]+)\\d(?:Label)?|act|ahost|app|cat|cnt|end|externalId|fname|fsize|in|msg|out|' +
    'proto|reason|rt|start|type|d(?:st|host|mac|ntdom|pid|priv|proc|pt|uid|user|vc|vchost|vcmac|vcpid|tz)|' +
    's(?:rc|host|mac|ntdom|pid|priv|proc|pt|uid|user)|(?:agent|category|destination|device|event|file|old|outcome|request|source)\\w*)$',
)
/** Where backslashes are escaped only the others that the format has stand for themselves. */
const NO_ESCAPE = /\\(?![=|nr])/

/**
 * The fields of an event in ArcSight's Common Event Format: the header's by the names that ArcSight has for them (`deviceVendor` … `deviceEventClassId`, `name`,
 * `severity`) and `extension`, an object of texts by key. Null where the text does not begin with one, or breaks off in its header.
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
    extension: extensionOf(text.slice(end)),
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

/** A value goes on to the next key; of an equals sign in it, which is escaped, no key is made. */
function extensionOf(text: string): JsonObject {
  // not all who write it escape the backslashes of paths, and those do not escape equals signs either
  const isEscaped = !NO_ESCAPE.test(text.replaceAll('\\\\', ''))
  const keys = Array.from(text.matchAll(KEY)).filter(([, name = '']) => isEscaped || KNOWN_KEY.test(name))
  const pairs = keys.map((key, index) => {
    const value = text.slice(key.index + key[0].length, keys[index + 1]?.index ?? text.length)
    return [key[1] ?? '', index === keys.length - 1 ? value.trimEnd() : value] as const
  })
  // the first of a name counts
  return Object.fromEntries(
    pairs.reverse().map(([key, value]) => [key, isEscaped ? unescaped(value) : value]),
  )
}

const BREAKS: Readonly<Record<string, string>> = { n: '\n', r: '\r' }

function unescaped(value: string): string {
  return value.replace(/\\([\\=|nr])/g, (_, character: string) => BREAKS[character] ?? character)
}
