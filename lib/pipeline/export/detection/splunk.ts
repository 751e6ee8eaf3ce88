import { imageNames, originalNames } from '../placed-block'
import { fileNamePart } from '../text/inert-text'
import { anyLiteralRegex, literalRegex, splunkTerm } from '../text/quote'
import type { DetectionLanguage, DetectionRule, KnownUse, Spared } from './detection'

/** Splunk, over Sysmon's events 1, 3 and 7 with their fields as the add-on for Sysmon extracts them. */
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
  const { code, shown } = EVENTS[event]
  return [
    `search index=* source="*WinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode=${code} (${names.map(splunkTerm).join(' OR ')})`,
    `| where ${isEntry(event, entry)}`,
    ...spared.map((one) => `| where NOT (${sparedText(one)})`),
    `| table _time, host, User, Image, ${shown}`,
    '',
  ].join('\n')
}

/** Sysmon's events, and what is shown of them. */
const EVENTS: Readonly<Record<DetectionRule['event'], { code: string; shown: string }>> = {
  'process-start': { code: '1', shown: 'CommandLine, ParentImage, ParentCommandLine' },
  'module-load': { code: '7', shown: 'ImageLoaded, Signed, Signature' },
  connection: { code: '3 Initiated="true"', shown: 'DestinationIp, DestinationPort, DestinationHostname' },
}

function isEntry(event: DetectionRule['event'], entry: DetectionRule['entry']): string {
  // a script runs in its host's process, which names it
  if (entry.kind === 'script') return matches('CommandLine', anyLiteralRegex(imageNames(entry), true))
  const field = event === 'module-load' ? 'ImageLoaded' : 'Image'
  const image = matches(field, `\\x5c(${anyLiteralRegex(imageNames(entry), true)})$`)
  if (event === 'connection') return image
  return `${image} OR ${matches('OriginalFileName', `^(${anyLiteralRegex(originalNames(entry), true)})$`)}`
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
