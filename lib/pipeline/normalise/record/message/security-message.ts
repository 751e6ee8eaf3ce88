import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/**
 * An indented "label: value" line. Labels are in the language of whoever exported the event; their order is not. A label begins with no blank, and a
 * value is anything: whoever writes a line of blanks must not have them shared out between the parts in every way there is.
 */
const ENTRY = /^[\t ]+(?![\t ])[^\t:：]{1,64}?[\t ]*[:：](.*)$/s
const HEXADECIMAL = /^0x[0-9a-f]+$/i
/** Entries that matter stand before this many lines. */
const MAX_LINES = 200
const ACCOUNT = ['UserSid', 'UserName', 'DomainName', 'LogonId']

/** Where the text was cut. */
const ENGLISH_EXPLANATION = '\n\nToken Elevation Type indicates'

type Entry = { value: string; start: number }
/** Entries between two lines that are not indented. */
type Section = Entry[]

/** The fields in the text of an event of the Security log, whatever its language; null for events whose text is not read. */
export function securityMessage(eventId: number, message: string): JsonObject | null {
  if (eventId === 4688) return creation(message)
  const names = SECTIONS[eventId]
  return names === undefined ? null : named(names, sectionsOf(message))
}

const CONNECTION = [
  ['ProcessID', 'Application'],
  ['Direction', 'SourceAddress', 'SourcePort', 'DestAddress', 'DestPort', 'Protocol'],
]
/** Names of the entries of each section, by event id. */
const SECTIONS: Readonly<Record<number, readonly (readonly string[])[]>> = {
  4689: [ACCOUNT.map((name) => `Subject${name}`), ['ProcessId', 'ProcessName', 'Status']],
  5156: CONNECTION,
  5157: CONNECTION,
}

/**
 * 4688: the creator's account, since Windows 10 the target's, the process. The process's section is the first that begins with a number, so that no
 * line of its command line, which comes last, can be taken for another field.
 */
function creation(message: string): JsonObject | null {
  const sections = sectionsOf(message)
  const at = sections.findIndex(([first]) => HEXADECIMAL.test(first?.value ?? ''))
  const process = sections[at]
  if (process === undefined || process.length < 4) return null
  const accounts = ['Subject', 'Target'].slice(0, at).map((role) => ACCOUNT.map((name) => `${role}${name}`))
  // a mandatory label came between with Windows 10
  const isOld = HEXADECIMAL.test(process[3]?.value ?? '')
  const [creator, parent, commandLine] = isOld ? [3, -1, 4] : [4, 5, 6]
  return {
    ...named(accounts, sections),
    NewProcessId: process[0]?.value ?? null,
    NewProcessName: process[1]?.value ?? null,
    MandatoryLabel: isOld ? null : (process[3]?.value ?? null),
    ProcessId: process[creator]?.value ?? null,
    ParentProcessName: process[parent]?.value ?? null,
    CommandLine: lastValue(message, process[commandLine]),
  }
}

function named(names: readonly (readonly string[])[], sections: readonly Section[]): JsonObject {
  const pairs = names.flatMap((section, index) =>
    section.map((name, entry) => [name, sections[index]?.[entry]?.value ?? null] as const),
  )
  return Object.fromEntries(pairs)
}

function sectionsOf(message: string): Section[] {
  const sections: Section[] = []
  let current: Section | null = null
  let at = 0
  for (const line of message.split('\n', MAX_LINES)) {
    const rest = ENTRY.exec(line.replace(/\r$/, ''))?.[1]
    if (rest === undefined) current = line.trim() === '' ? current : null
    else {
      if (current === null) {
        current = []
        sections.push(current)
      }
      const start = at + line.search(/[:：]/) + 1 + Math.max(0, rest.search(/[^\t ]/))
      current.push({ value: rest.trim(), start })
    }
    at += line.length + 1
  }
  return sections
}

/** The command line goes on to the explanation that ends the text, where there is one: four paragraphs, of which three say type 1, 2 and 3. */
function lastValue(message: string, entry: Entry | undefined): string | null {
  if (entry === undefined) return null
  const rest = message.slice(entry.start).replaceAll('\r\n', '\n')
  const paragraphs = rest.split('\n\n')
  const types = paragraphs.slice(-3)
  const isExplained = paragraphs.length > 4 && types.every((text, index) => text.includes(String(index + 1)))
  const [value = ''] = isExplained
    ? [paragraphs.slice(0, -4).join('\n\n')]
    : rest.split(ENGLISH_EXPLANATION, 1)
  return withoutLastBreaks(value)
}

/** A regular expression would begin anew at each of them. */
function withoutLastBreaks(text: string): string {
  let end = text.length
  while (text[end - 1] === '\n') end -= 1
  return text.slice(0, end)
}
