import { literalRegex } from '../text/quote'
import type { PatternTerms } from './pattern-terms'

/**
 * A Splunk search for executions of one pattern, in Sysmon's and the Security log's process creations. Texts are matched as regular expressions:
 * a quoted search term has wildcards that nothing escapes.
 */
export function patternSplunk({ image, originalFileName, terms, commandLine, parent }: PatternTerms): string {
  const original =
    originalFileName === null ? '' : ` OR match(OriginalFileName, ${regex(originalFileName, '^', '$')})`
  return [
    'index=* (source="*Sysmon/Operational" EventCode=1) OR (source="*Security" EventCode=4688)',
    '| eval image=coalesce(Image, NewProcessName, New_Process_Name), line=coalesce(CommandLine, Process_Command_Line), parent=coalesce(ParentImage, ParentProcessName, Creator_Process_Name)',
    `| where match(image, ${regex(image, '', '$')})${original}`,
    ...terms.map((term) => `| where match(line, ${regex(term)})`),
    ...(commandLine === null ? [] : [`| where match(line, ${regex(commandLine, '^', '$')})`]),
    ...(parent === null ? [] : [`| where match(parent, ${regex(parent, '', '$')})`]),
    '| table _time host User image line parent',
    '',
  ].join('\n')
}

/** A text as a regular expression in quotation marks that means just it: signs by their code, so that no quoting is left to get wrong. */
function regex(text: string, before = '', after = ''): string {
  return `"(?is)${before}${literalRegex(text)}${after}"`
}
