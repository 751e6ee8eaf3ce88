import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** Labels of a process creation in Sysmon's order, of all versions. */
const CREATION_LABELS: readonly string[] = [
  ...['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'FileVersion', 'Description', 'Product'],
  ...['Company', 'OriginalFileName', 'CommandLine', 'CurrentDirectory', 'User', 'LogonGuid', 'LogonId'],
  ...['TerminalSessionId', 'IntegrityLevel', 'HashType', 'Hash', 'Hashes', 'ParentProcessGuid'],
  ...['ParentProcessId', 'ParentImage', 'ParentCommandLine', 'ParentUser'],
]
/** Command lines may have lines that look like labels: only the label that always follows ends them. */
const FOLLOWER: Readonly<Record<string, string>> = {
  CommandLine: 'CurrentDirectory',
  ParentCommandLine: 'ParentUser',
}
const LABEL = /^([A-Z]\w{1,63}): ?(.*)$/

/**
 * The fields in the text of a Sysmon event: "Label: value" lines, which Sysmon does not translate. A line of a process creation that is no label in
 * its place belongs to the value before it.
 */
export function sysmonMessage(eventId: number, message: string): JsonObject {
  const isNext = eventId === 1 ? inOrder() : anyLabel
  const fields: JsonObject = {}
  let label: string | null = null
  for (const line of message.split('\n')) {
    const [, name = '', value = ''] = LABEL.exec(line.replace(/\r$/, '')) ?? []
    if (name !== '' && !Object.hasOwn(fields, name) && isNext(name, label)) {
      fields[name] = value
      label = name
    } else if (label !== null) fields[label] = `${fields[label]}\n${line.replace(/\r$/, '')}`
  }
  return fields
}

type IsNext = (name: string, label: string | null) => boolean

function anyLabel(): boolean {
  return true
}

function inOrder(): IsNext {
  let last = -1
  return (name, label) => {
    const index = CREATION_LABELS.indexOf(name)
    const follower = label === null ? undefined : FOLLOWER[label]
    const isNext = index > last && (follower === undefined || follower === name)
    if (isNext) last = index
    return isNext
  }
}
