import { imageNames, originalNames } from '../placed-block'
import { fileNamePart, inertText } from '../text/inert-text'
import { doubleQuoted, kqlIn, literalRegex } from '../text/quote'
import type { DetectionLanguage, DetectionRule, KnownUse, Spared } from './detection'

/** Defender's advanced hunting, in the form that a custom detection takes. */
export const DEFENDER_DETECTION: DetectionLanguage = {
  id: 'defender',
  label: 'Defender (KQL)',
  write: (rule) => ({ name: `${fileNamePart(rule.title)}.kql`, about: rule.title, text: kqlText(rule) }),
  deploy: [
    'Defender portal, Advanced hunting: run it over 30 days first, then Create detection rule, every hour or continuous. It returns Timestamp, DeviceId and ReportId, which a custom detection asks for; impacted entity: DeviceId.',
  ],
}

/** What starts, loads and connections call the same things. */
const TABLES = {
  'process-start': {
    table: 'DeviceProcessEvents',
    action: 'ProcessCreated',
    fileName: 'FileName',
    originalName: 'ProcessVersionInfoOriginalFileName',
    account: 'Account',
    shown:
      'AccountName, FileName, FolderPath, ProcessCommandLine, InitiatingProcessFileName, InitiatingProcessCommandLine',
  },
  'module-load': {
    table: 'DeviceImageLoadEvents',
    action: 'ImageLoaded',
    fileName: 'FileName',
    // loads carry no original name
    originalName: null,
    account: 'InitiatingProcessAccount',
    shown:
      'InitiatingProcessAccountName, FileName, FolderPath, InitiatingProcessFileName, InitiatingProcessFolderPath, InitiatingProcessCommandLine',
  },
  connection: {
    table: 'DeviceNetworkEvents',
    action: 'ConnectionSuccess',
    fileName: 'InitiatingProcessFileName',
    originalName: 'InitiatingProcessVersionInfoOriginalFileName',
    account: 'InitiatingProcessAccount',
    shown:
      'InitiatingProcessAccountName, InitiatingProcessFileName, InitiatingProcessFolderPath, InitiatingProcessCommandLine, RemoteIP, RemotePort, RemoteUrl',
  },
} as const
type Table = (typeof TABLES)[DetectionRule['event']]

function kqlText({ event, entry, id, title, description, spared }: DetectionRule): string {
  const table = TABLES[event]
  return [
    `// ${title} (${id})`,
    `// ${inertText(description)}`,
    table.table,
    `| where ActionType == "${table.action}"`,
    `| where ${isEntry(entry, table)}`,
    ...spared.map((one) => `| where not(${sparedText(one, table)})`),
    `| project Timestamp, DeviceId, ReportId, DeviceName, ${table.shown}`,
    '',
  ].join('\n')
}

function isEntry(entry: DetectionRule['entry'], { fileName, originalName }: Table): string {
  // a script runs in its host's process, which names it
  if (entry.kind === 'script') return imageNames(entry).map(commandLineHolds).join(' or ')
  const named = kqlIn(fileName, imageNames(entry))
  return originalName === null ? named : `${named} or ${kqlIn(originalName, originalNames(entry))}`
}

function commandLineHolds(text: string): string {
  return `ProcessCommandLine contains ${doubleQuoted(text)}`
}

function sparedText({ parents, uses, users }: Spared, { account }: Table): string {
  return [
    ...(parents ? [`(${parentText(parents)})`] : []),
    ...(users ? [kqlIn(`strcat(${account}Domain, ${doubleQuoted('\\')}, ${account}Name)`, users)] : []),
    ...(uses ? [`(${uses.map(useText).join(' or ')})`] : []),
  ].join(' and ')
}

function parentText(parents: readonly string[]): string {
  const plain = parents.filter((name) => !name.includes('*'))
  const globs = parents.filter((name) => name.includes('*'))
  return [
    ...(plain.length > 0 ? [kqlIn('InitiatingProcessFileName', plain)] : []),
    ...globs.map(
      (name) =>
        `InitiatingProcessFileName matches regex ${doubleQuoted(`(?i)^${literalRegex(name, true)}$`)}`,
    ),
  ].join(' or ')
}

function useText(use: KnownUse): string {
  return use.kind === 'bare'
    ? `(${use.ends.map((end) => `trim_end(" ", ProcessCommandLine) endswith ${doubleQuoted(end)}`).join(' or ')})`
    : `(${use.all.map(commandLineHolds).join(' and ')})`
}
