import { literalRegex } from '../text/quote'
import type { PatternTerms } from './pattern-terms'

type Place = 'whole' | 'end' | 'anywhere'
type Asked = { field: string; text: string; place: Place }

const IMAGE = 'coalesce(Image, NewProcessName, New_Process_Name)'
const LINE = 'coalesce(CommandLine, Process_Command_Line)'
const PARENT = 'coalesce(ParentImage, ParentProcessName, Creator_Process_Name)'

/** A Splunk search for executions of one pattern, in Sysmon's and the Security log's process creations; case is ignored. */
export function patternSplunk({ image, originalFileName, terms, commandLine, parent }: PatternTerms): string {
  const original: Asked[] =
    originalFileName === null ? [] : [{ field: 'OriginalFileName', text: originalFileName, place: 'whole' }]
  return [
    'index=* (source="*Sysmon/Operational" EventCode=1) OR (source="*Security" EventCode=4688)',
    `| eval image=${IMAGE}, line=${LINE}, parent=${PARENT}`,
    anyOf([{ field: 'image', text: image, place: 'end' }, ...original]),
    ...terms.map((text) => anyOf([{ field: 'line', text, place: 'anywhere' }])),
    ...(commandLine === null ? [] : [anyOf([{ field: 'line', text: commandLine, place: 'whole' }])]),
    ...(parent === null ? [] : [anyOf([{ field: 'parent', text: parent, place: 'end' }])]),
    '| table _time host User image line parent',
    '',
  ].join('\n')
}

/** What `search` compares as it stands: of its wildcard there is no escape, and of other characters it is not said how they are written. */
const SEARCHABLE = /^[\u0020-\u0029\u002b-\u007e]*$/

/** One step that keeps what meets any of them: as a search that reads well, or as regular expressions where a text cannot be searched for. */
function anyOf(asked: readonly Asked[]): string {
  return asked.every(({ text }) => SEARCHABLE.test(text))
    ? `| search ${asked.map(searched).join(' OR ')}`
    : `| where ${asked.map(matched).join(' OR ')}`
}

function searched({ field, text, place }: Asked): string {
  const escaped = text.replace(/["\\]/g, '\\$&')
  return `${field}="${place === 'whole' ? '' : '*'}${escaped}${place === 'anywhere' ? '*' : ''}"`
}

/** Signs by their code, so that no quoting is left to get wrong. */
function matched({ field, text, place }: Asked): string {
  const regex = `${place === 'whole' ? '^' : ''}${literalRegex(text)}${place === 'anywhere' ? '' : '$'}`
  return `match(${field}, "(?is)${regex}")`
}
