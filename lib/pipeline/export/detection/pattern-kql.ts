import { doubleQuoted } from '../text/quote'
import type { PatternTerms } from './pattern-terms'

/** A search for executions of one pattern in DeviceProcessEvents (Defender's advanced hunting); `contains` and `endswith` ignore case. */
export function patternKql({ image, originalFileName, terms, commandLine, parent }: PatternTerms): string {
  const original =
    originalFileName === null
      ? ''
      : ` or ProcessVersionInfoOriginalFileName =~ ${doubleQuoted(originalFileName)}`
  return [
    'DeviceProcessEvents',
    `| where FileName =~ ${doubleQuoted(withoutSeparator(image))}${original}`,
    ...terms.map((term) => `| where ProcessCommandLine contains ${doubleQuoted(term)}`),
    ...(commandLine === null ? [] : [`| where ProcessCommandLine =~ ${doubleQuoted(commandLine)}`]),
    ...(parent === null
      ? []
      : [`| where InitiatingProcessFileName =~ ${doubleQuoted(withoutSeparator(parent))}`]),
    '| project Timestamp, DeviceName, AccountName, FolderPath, ProcessCommandLine, InitiatingProcessCommandLine',
    '',
  ].join('\n')
}

function withoutSeparator(end: string): string {
  return end.replace(/^[\\/]/, '')
}
