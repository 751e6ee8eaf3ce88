import type { PatternTerms } from './pattern-terms'

/** A search for executions of one pattern in DeviceProcessEvents (Defender's advanced hunting); `contains` and `endswith` ignore case. */
export function patternKql({ image, originalFileName, terms, commandLine, parent }: PatternTerms): string {
  const original =
    originalFileName === null ? '' : ` or ProcessVersionInfoOriginalFileName =~ ${kqlText(originalFileName)}`
  return [
    'DeviceProcessEvents',
    `| where FileName =~ ${kqlText(withoutSeparator(image))}${original}`,
    ...terms.map((term) => `| where ProcessCommandLine contains ${kqlText(term)}`),
    ...(commandLine === null ? [] : [`| where ProcessCommandLine =~ ${kqlText(commandLine)}`]),
    ...(parent === null ? [] : [`| where InitiatingProcessFileName =~ ${kqlText(withoutSeparator(parent))}`]),
    '| project Timestamp, DeviceName, AccountName, FolderPath, ProcessCommandLine, InitiatingProcessCommandLine',
    '',
  ].join('\n')
}

function withoutSeparator(end: string): string {
  return end.replace(/^[\\/]/, '')
}

/** A string literal of the Kusto query language: whatever is not a plain sign, by its code. */
function kqlText(text: string): string {
  const escaped = text.replace(/[^\u0020-\u007e]|["\\]/g, (sign) =>
    sign === '"' || sign === '\\' ? `\\${sign}` : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${escaped}"`
}
