import { imageNames, originalNames } from '../placed-block'
import { fileNamePart } from '../text/inert-text'
import { anyLiteralRegex, literalRegex, splunkTerm } from '../text/quote'
import type { DetectionLanguage, DetectionRule, KnownUse, Spared } from './detection'

/** Splunk, over Sysmon's events 1 and 3 with their fields as the add-on for Sysmon extracts them. */
export const SPLUNK_DETECTION: DetectionLanguage = {
  id: 'splunk',
  label: 'Splunk (SPL)',
  write: (rule) => ({ name: `${fileNamePart(rule.title)}.spl`, about: rule.title, text: splText(rule) }),
  deploy: [
    'Save as an alert, scheduled; name your index instead of index=*. It needs Sysmon’s fields (Image, ParentImage, CommandLine).',
  ],
}

function splText({ event, entry, spared }: DetectionRule): string {
  const names = [...new Set([...imageNames(entry), ...originalNames(entry)])]
  const image = matches('Image', `\\x5c(${anyLiteralRegex(imageNames(entry), true)})$`)
  const original = matches('OriginalFileName', `^(${anyLiteralRegex(originalNames(entry), true)})$`)
  const [code, is, shown] =
    event === 'connection'
      ? ['3 Initiated="true"', image, 'DestinationIp, DestinationPort, DestinationHostname']
      : ['1', `${image} OR ${original}`, 'CommandLine, ParentImage, ParentCommandLine']
  return [
    `search index=* source="*WinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode=${code} (${names.map(splunkTerm).join(' OR ')})`,
    `| where ${is}`,
    ...spared.map((one) => `| where NOT (${sparedText(one)})`),
    `| table _time, host, User, Image, ${shown}`,
    '',
  ].join('\n')
}

/** The regular expressions hold no quote, and no backslash but in a code: Splunk leaves those as they are. */
function matches(field: string, regex: string): string {
  return `match(${field}, "(?i)${regex}")`
}

function sparedText({ parents, uses, users }: Spared): string {
  return [
    ...(parents ? [matches('ParentImage', `(^|\\x5c)(${anyLiteralRegex(parents, true)})$`)] : []),
    ...(users ? [matches('User', `^(${anyLiteralRegex(users)})$`)] : []),
    ...(uses ? [`(${uses.map(useText).join(' OR ')})`] : []),
  ].join(' AND ')
}

function useText(use: KnownUse): string {
  if (use.kind === 'bare') return matches('CommandLine', `(${anyLiteralRegex(use.ends)}) *$`)
  return `(${use.all.map((text) => matches('CommandLine', literalRegex(text))).join(' AND ')})`
}
