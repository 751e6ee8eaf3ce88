import { today } from '@/lib/clock'
import type { Role } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import { type DecisionTerms, REVIEW_DAYS } from '@/lib/pipeline/decision/terms'
import { type AccountActor, accountActor } from '@/lib/store/accounts'
import { prisma } from '@/lib/store/prisma'
import { decide } from './decision/decide'
import { moveRing } from './decision/move-ring'
import { proposeDecision } from './decision/propose-decision'
import { saveDraft } from './decision/save-draft'
import { DEMO_ACCOUNTS } from './demo-accounts'

type Block = Pick<DecisionTerms, 'verdict' | 'effect' | 'control' | 'justification'> & Partial<DecisionTerms>
type Draft = { id: number; version: number }
const DRIVER_TOOL = 'infdefaultinstall.exe'

/** What the demo's team has decided by now: one decision of each kind. Does nothing where somebody has decided already. */
export async function seedDemoDecisions(): Promise<void> {
  if ((await prisma().decision.count()) > 0) return
  const [responder, manager] = [await demoPerson('responder'), await demoPerson('manager')]
  const approved = async (slug: string, block: Block) => {
    const proposed = await propose(responder, slug, block)
    await decide(manager, { ...proposed, move: 'approve', comment: '', seen: [] })
    return { ...proposed, version: proposed.version + 1 }
  }
  await approved('msiexec.exe', {
    ...STAYS,
    justification: 'Software distribution installs through it on every host.',
  })
  await approved('hh.exe', {
    verdict: 'restrict',
    effect: 'network',
    control: 'firewall',
    justification:
      'Help files that people open are local; none has a reason to load anything from elsewhere.',
  })
  const rollOut = await approved(DRIVER_TOOL, {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'app-control',
    rings: await workstationsFirst(),
    justification: 'It ran in one roll-out of a driver only, which the driver’s own installer does by now.',
    ticket: 'CHG-1042',
  })
  await auditFirstRing(responder, rollOut)
  const rejected = await propose(responder, 'wmic.exe', {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'app-control',
    justification: 'Deprecated, and attackers like it.',
  })
  await decide(manager, {
    ...rejected,
    move: 'reject',
    comment: 'The inventory asks every host through it each morning. Come back when that script is replaced.',
  })
  await propose(responder, 'mavinject.exe', {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'app-control',
    justification:
      'No host virtualises applications with App-V; its only run is a deviation that is still open.',
  })
  await draft(responder, 'cmstp.exe', {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'app-control',
    justification: 'To be asked first: who still installs VPN profiles with it?',
  })
}

const STAYS = { verdict: 'required', effect: null, control: null } as const

async function draft(by: AccountActor, slug: string, block: Block): Promise<Draft> {
  const terms: DecisionTerms = {
    scope: { kind: 'fleet' },
    exceptions: [],
    rings: ONE_RING,
    ownerId: null,
    reviewOn: addDays(today(), REVIEW_DAYS),
    expiresOn: null,
    ticket: null,
    ...block,
  }
  return await saveDraft(by, { slug, terms, target: null })
}

async function propose(by: AccountActor, slug: string, block: Block): Promise<Draft> {
  const { id, version } = await draft(by, slug, block)
  await proposeDecision(by, { id, version })
  return { id, version: version + 1 }
}

async function workstationsFirst(): Promise<DecisionTerms['rings']> {
  const { id } = await prisma().hostGroup.findFirstOrThrow({ where: { name: 'Workstations' } })
  return [{ name: 'Workstations', groupIds: [id] }, ...ONE_RING]
}

async function auditFirstRing(by: AccountActor, { id, version }: Draft): Promise<void> {
  const ring = await prisma().decisionRing.findFirstOrThrow({ where: { decisionId: id, position: 0 } })
  await moveRing(by, { id, version, ringId: ring.id, move: 'audit', reason: '' })
}

async function demoPerson(role: Role): Promise<AccountActor> {
  const email = DEMO_ACCOUNTS.find((account) => account.role === role)?.email ?? ''
  const account = await prisma().account.findUniqueOrThrow({
    where: { email },
    include: { hostGroups: true },
  })
  return accountActor(account)
}
