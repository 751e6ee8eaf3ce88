import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import { publishedName } from '@/lib/pipeline/decision/published-name'
import type { Deployment } from '../deployment'
import { originalNames, type PlacedBlock } from '../placed-block'
import { stableId } from '../stable-id'
import { ruleDescription, ruleName } from '../text/rule-name'
import { element, type XmlElement } from '../text/xml'
import { publishedPaths } from './published-paths'

const EVERYONE = 'S-1-1-0'
const MICROSOFT = 'O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US'

/** Those that deny; a host has one mode for each. */
export const COLLECTIONS = ['Exe', 'Dll', 'Script'] as const
type Collection = (typeof COLLECTIONS)[number]

/** Which collection looks at a file of this extension; the others AppLocker does not look at. */
const COLLECTION_OF: Readonly<Record<string, Collection>> = {
  exe: 'Exe',
  com: 'Exe',
  dll: 'Dll',
  ocx: 'Dll',
  ps1: 'Script',
  bat: 'Script',
  cmd: 'Script',
  vbs: 'Script',
  js: 'Script',
}

/** Which collection looks at a binary; null = none. */
export function collectionOf({ slug }: BlockedEntry): Collection | null {
  return COLLECTION_OF[slug.slice(slug.lastIndexOf('.') + 1)] ?? null
}

/** What services and SYSTEM start is checked, and packaged system apps go on. */
export const SERVICES = element('RuleCollectionExtensions', {}, [
  element('ThresholdExtensions', {}, [element('Services', { EnforcementMode: 'Enabled' })]),
  element('RedstoneExtensions', {}, [element('SystemApps', { Allow: 'Enabled' })]),
])

/** Rules for programs alone would block every packaged app. */
export function packagedApps({ id }: Deployment, mode: string): XmlElement {
  const condition = { PublisherName: '*', ProductName: '*', BinaryName: '*' }
  const rule = element(
    'FilePublisherRule',
    {
      Id: allowId(id, 'Appx'),
      Name: 'Cordon: all signed packaged apps',
      Description: '',
      UserOrGroupSid: EVERYONE,
      Action: 'Allow',
    },
    [
      element('Conditions', {}, [
        element('FilePublisherCondition', condition, [
          element('BinaryVersionRange', { LowSection: '0.0.0.0', HighSection: '*' }),
        ]),
      ]),
    ],
  )
  return element('RuleCollection', { Type: 'Appx', EnforcementMode: mode }, [rule])
}

/** Of the rule that allows the rest of a collection. */
export function allowId(deploymentId: string, type: Collection | 'Appx'): string {
  return stableId('allow', deploymentId, type)
}

/** Allows whatever no rule denies. */
export function allowRest({ id }: Deployment, type: Collection): XmlElement {
  return element(
    'FilePathRule',
    {
      Id: allowId(id, type),
      Name: 'Cordon: everything else',
      Description: '',
      UserOrGroupSid: EVERYONE,
      Action: 'Allow',
    },
    [element('Conditions', {}, [element('FilePathCondition', { Path: '*' })])],
  )
}

/** Each rule once for a decision: two entries may share a name. */
export function denyRules(blocks: readonly PlacedBlock[]): XmlElement[] {
  const rules = blocks.flatMap((block) => [...publisherRules(block), ...pathRules(block)])
  return [...new Map(rules.map((rule) => [rule.attributes['Id'], rule])).values()]
}

function publisherRules(approved: PlacedBlock): XmlElement[] {
  const { entry } = approved
  if (publishedName(entry) === 'none') return []
  return originalNames(entry).map((name) =>
    deny(approved, 'FilePublisherRule', name, [
      element(
        'FilePublisherCondition',
        // of any product: they differ by binary and edition, and a deny that names another than the file's denies nothing
        { PublisherName: MICROSOFT, ProductName: '*', BinaryName: name.toUpperCase() },
        [element('BinaryVersionRange', { LowSection: '*', HighSection: '*' })],
      ),
    ]),
  )
}

function pathRules(approved: PlacedBlock): XmlElement[] {
  const paths = new Set(publishedPaths(approved.entry).map(withVariables))
  return [...paths].map((path) =>
    deny(approved, 'FilePathRule', path, [element('FilePathCondition', { Path: path })]),
  )
}

function deny(
  approved: PlacedBlock,
  kind: string,
  what: string,
  condition: readonly XmlElement[],
): XmlElement {
  return element(
    kind,
    {
      Id: stableId('applocker', approved.decisionId, kind, what),
      Name: ruleName(approved),
      Description: ruleDescription(approved),
      UserOrGroupSid: EVERYONE,
      Action: 'Deny',
    },
    [element('Conditions', {}, condition)],
  )
}

/** AppLocker's own variables, which hold on every machine; the longer ones first. */
const VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/^c:\\windows\\(?:system32|syswow64)(?=\\)/i, '%SYSTEM32%'],
  [/^c:\\windows(?=\\)/i, '%WINDIR%'],
  [/^c:\\program files(?: \(x86\))?(?=\\)/i, '%PROGRAMFILES%'],
  [/^c:(?=\\)/i, '%OSDRIVE%'],
]

function withVariables(path: string): string {
  const found = VARIABLES.find(([start]) => start.test(path))
  return (found === undefined ? path : path.replace(found[0], () => found[1]))
    .toLowerCase()
    .replace(/^%\w+%/, (name) => name.toUpperCase())
}
