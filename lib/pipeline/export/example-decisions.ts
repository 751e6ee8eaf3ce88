import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { ApprovedBlock, BlockRing, NamedHost } from '@/lib/pipeline/decision/approved-block'
import type { BlockException, Control } from '@/lib/pipeline/decision/block'
import type { DecisionSet, PlaceNames } from './placed-block'

/** For tests. */
export const EXAMPLE_NAMES: PlaceNames = {
  groups: new Map([
    [1, 'Workstations'],
    [2, 'Zahlstelle Köln "Süd"'],
  ]),
  hosts: new Map([[7, 'kiosk-7.corp.example']]),
}

const HOSTS: readonly NamedHost[] = [
  { id: 3, name: 'ws-3.corp.example' },
  { id: 4, name: 'ws-4.corp.example' },
]

const APPROVED_AT = Date.UTC(2026, 10, 2) * 1000

function ring(
  position: number,
  name: string,
  state: BlockRing['state'],
  groupIds: readonly number[],
): BlockRing {
  return {
    id: position,
    position,
    name,
    state,
    since: null,
    groupIds,
    hosts: HOSTS.slice(position, position + 1),
  }
}

/** A first ring that is enforced, and a second that is audited. */
const ROLLING_OUT = [ring(0, 'Pilot', 'enforced', [1]), ring(1, 'Everything in scope', 'audit', [])]
/** Enforced in all of the scope. */
export const ENFORCED = [ring(0, 'Everything in scope', 'enforced', [])]

/** An approved block for tests, enforced for the fleet unless said otherwise. @throws where the catalogue has no such entry */
export function exampleBlock(
  decisionId: number,
  slug: string,
  control: Control,
  more: Partial<ApprovedBlock> = {},
): ApprovedBlock {
  const entry = CATALOGUE.find((one) => one.slug === slug)
  if (entry === undefined) throw new Error(`The catalogue has no ${slug}.`)
  return {
    decisionId,
    slug,
    control,
    effect: 'execution',
    scope: { kind: 'fleet' },
    exceptions: [],
    version: 1,
    verdict: 'safe-to-block',
    state: 'enforced',
    entry,
    hosts: HOSTS,
    sparedHosts: [],
    rings: ENFORCED,
    justification: 'Nobody has used it for 90 days.',
    ticket: 'CHG-1042',
    proposedBy: 'Rita Responder',
    approvedBy: 'Mo Manager',
    approvedAt: APPROVED_AT,
    expiresOn: null,
    ...more,
  }
}

const spared = { reason: 'The label printer needs it.', until: null }
const KIOSK: BlockException = { kind: 'host', id: 7, ...spared }
const SOUTH: BlockException = { kind: 'group', id: 2, ...spared }
const BY_PRINTER: BlockException = { kind: 'parent', value: 'printsvc.exe @ program-files', ...spared }
const BY_ADA: BlockException = { kind: 'user', value: "CORP\\ada o'neil", ...spared }
const BY_PATTERN: BlockException = {
  kind: 'pattern',
  value: 'rundll32 <system>\\printui.dll,printuientry /<*>',
  ...spared,
}
const RUNDLL32 = { rings: ROLLING_OUT, exceptions: [BY_PRINTER, BY_PATTERN] }

/** Decisions of every kind that an export has to do with. */
export const EXAMPLE_DECISIONS: DecisionSet = {
  names: EXAMPLE_NAMES,
  blocks: [
    exampleBlock(1, 'mshta.exe', 'app-control', { rings: ROLLING_OUT }),
    exampleBlock(2, 'wmic.exe', 'app-control', { exceptions: [KIOSK] }),
    exampleBlock(3, 'rundll32.exe', 'app-control', RUNDLL32),
    exampleBlock(4, 'pubprn.vbs', 'app-control'),
    exampleBlock(5, 'zipfldr.dll', 'app-control', {
      scope: { kind: 'groups', ids: [2, 1] },
      expiresOn: '2027-01-31',
    }),
    exampleBlock(11, 'mshta.exe', 'applocker', { rings: ROLLING_OUT }),
    exampleBlock(12, 'regsvr32.exe', 'applocker', { rings: ROLLING_OUT }),
    exampleBlock(13, 'rundll32.exe', 'applocker', RUNDLL32),
    exampleBlock(14, 'pubprn.vbs', 'applocker'),
    exampleBlock(15, 'zipfldr.dll', 'applocker', {
      state: 'audit',
      approvedAt: null,
      approvedBy: null,
      rings: [ring(0, 'All', 'audit', [])],
    }),
    exampleBlock(16, 'msiexec.exe', 'applocker', { rings: [ring(0, 'All', 'waiting', [])] }),
    exampleBlock(21, 'mshta.exe', 'asr', { rings: ROLLING_OUT }),
    exampleBlock(22, 'wmic.exe', 'asr', { rings: ROLLING_OUT }),
    exampleBlock(31, 'regasm.exe', 'firewall', { effect: 'network', exceptions: [SOUTH] }),
    exampleBlock(32, 'mshta.exe', 'firewall', { effect: 'network', exceptions: [SOUTH, BY_ADA] }),
    exampleBlock(33, 'verclsid.exe', 'firewall', { effect: 'network', rings: [ring(0, 'All', 'audit', [])] }),
    exampleBlock(41, 'osascript', 'santa', { rings: ROLLING_OUT }),
    exampleBlock(51, 'hh.exe', 'disable', { effect: 'reassociate', verdict: 'disable' }),
    exampleBlock(52, 'wmic.exe', 'disable', {
      effect: 'remove',
      verdict: 'disable',
      scope: { kind: 'hosts', ids: [7] },
    }),
    exampleBlock(53, 'wscript.exe', 'disable', { effect: 'remove', verdict: 'disable' }),
    exampleBlock(61, 'rundll32.exe', 'edr', {
      ...RUNDLL32,
      exceptions: [BY_PRINTER, BY_PATTERN, BY_ADA, KIOSK],
    }),
  ],
}
