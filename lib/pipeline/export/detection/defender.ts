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

function kqlText(rule: DetectionRule): string {
  const { entry } = rule
  return [
    `// ${rule.title} (${rule.id})`,
    `// ${inertText(rule.description)}`,
    'DeviceProcessEvents',
    '| where ActionType == "ProcessCreated"',
    `| where ${kqlIn('FileName', imageNames(entry))} or ${kqlIn('ProcessVersionInfoOriginalFileName', originalNames(entry))}`,
    ...rule.spared.map((spared) => `| where not(${sparedText(spared)})`),
    '| project Timestamp, DeviceId, ReportId, DeviceName, AccountName, FileName, FolderPath, ProcessCommandLine, InitiatingProcessFileName, InitiatingProcessCommandLine',
    '',
  ].join('\n')
}

function sparedText({ parents, uses, users }: Spared): string {
  return [
    ...(parents ? [`(${parentText(parents)})`] : []),
    ...(users ? [kqlIn(`strcat(AccountDomain, ${doubleQuoted('\\')}, AccountName)`, users)] : []),
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
    : `(${use.all.map((text) => `ProcessCommandLine contains ${doubleQuoted(text)}`).join(' and ')})`
}
