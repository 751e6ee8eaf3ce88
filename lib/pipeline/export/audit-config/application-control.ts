import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import { CONTROL_FACTS, refusalOf } from '@/lib/pipeline/decision/controls'
import type { Deployment } from '../deployment'
import type { PlacedBlock } from '../placed-block'
import { APP_CONTROL } from '../policy/app-control'
import { APPLOCKER } from '../policy/applocker'
import type { ExportFile, PolicyWriter } from '../policy/policy'
import { stableId } from '../stable-id'
import { NO_DECISION } from '../text/rule-name'
import type { Watched } from '../watched'
import type { AuditConfig } from './audit-config'

/** App Control in audit mode: event 3076 for each start of a catalogued binary. */
export const APP_CONTROL_AUDIT: AuditConfig = {
  ...auditOf(APP_CONTROL),
  about:
    'Reports each start of a binary in the catalogue as one that would be blocked (3076), by original name, so renamed copies too. Blocks nothing: the policy is in audit mode.',
}

/** AppLocker in audit mode: event 8003 for each start of a catalogued binary. */
export const APPLOCKER_AUDIT: AuditConfig = {
  ...auditOf(APPLOCKER),
  about:
    'Reports each start of a binary in the catalogue as one that would be blocked (8003), and every other start as allowed (8002). Blocks nothing on hosts that enforce no AppLocker rules: where some are enforced, these would be too. Libraries are left out, since auditing them costs.',
}

function auditOf(writer: PolicyWriter): Omit<AuditConfig, 'about'> {
  const { control, deploy, verify } = writer
  return {
    id: `${control}-audit`,
    label: `${CONTROL_FACTS[control].name}, audit only`,
    platform: 'windows',
    closes: ['attempt', 'policy-state'],
    write: (watched) => filesOf(writer, watched),
    deploy,
    verify,
  }
}

/** What the policy writers make of a block of everything, in audit mode. */
function filesOf(writer: PolicyWriter, { entries }: Watched): ExportFile[] {
  const { control } = writer
  const blocks = entries
    .filter((entry) => entry.kind !== 'library' && refusalOf('execution', control, entry) === null)
    .filter((entry) => writer.refuses(entry, 'execution') === null)
    .map((entry) => auditBlock(writer, entry))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
  const deployment: Deployment = {
    control,
    mode: 'audit',
    label: 'Every binary of the catalogue',
    slug: `${control}-audit`,
    id: stableId('audit-config', control),
    blocks,
    hosts: [],
  }
  return [...writer.write(deployment), writer.undo(deployment)]
}

function auditBlock({ control }: PolicyWriter, entry: BlockedEntry): PlacedBlock {
  return {
    decisionId: NO_DECISION,
    slug: entry.slug,
    effect: 'execution',
    scope: { kind: 'fleet' },
    exceptions: [],
    version: 0,
    verdict: 'restrict',
    state: 'audit',
    control,
    entry,
    justification: '',
    ticket: null,
    proposedBy: '',
    approvedBy: null,
    approvedAt: null,
    expiresOn: null,
    mode: 'audit',
    place: { scope: { kind: 'fleet' }, inGroups: [], withoutGroups: [], withoutHosts: [] },
    position: 1,
    ring: null,
    hosts: [],
  }
}
