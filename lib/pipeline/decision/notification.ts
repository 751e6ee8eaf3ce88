import type { Role } from '@/lib/pipeline/actor'
import { batchHref } from './batch-href'
import { rolesWith } from './permissions'

/** What people can be told of, and how. */

export const NOTIFICATION_EVENTS = [
  'deviation-found',
  'deviation-assigned',
  'deviation-noted',
  'decision-awaits',
  'decision-answered',
  'decision-due',
  'alarm',
  'own-account',
] as const
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]

/** Who may answer what waits. */
export const DECIDERS = rolesWith('decide')

/** Where a notification goes besides the page under the bell. */
export const DELIVERY_CHANNELS = ['email', 'webhook'] as const
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number]

export type NotificationChoice = {
  inApp: boolean
  email: boolean
  webhook: boolean
  /** Of new deviations: the least score, in millibits; null = from the threshold of what people see. */
  minScoreMillibits: number | null
}

const IN_APP = { inApp: true, email: false, webhook: false, minScoreMillibits: null }

/** What somebody who chose nothing is told: what is meant for them, where they work. New deviations wait in the queue anyway. */
export const DEFAULT_CHOICES: Readonly<Record<NotificationEvent, NotificationChoice>> = {
  'deviation-found': { ...IN_APP, inApp: false },
  'deviation-assigned': IN_APP,
  'deviation-noted': IN_APP,
  'decision-awaits': IN_APP,
  'decision-answered': IN_APP,
  'decision-due': IN_APP,
  alarm: IN_APP,
  // whoever took an account over has the bell, and not the mailbox
  'own-account': { ...IN_APP, email: true },
}

/** Origin: a restart, an outage, a night. */
const RETRY_SECONDS = [30, 120, 600, 3_600, 21_600, 43_200]
export const RETRY_WORDS = 'What fails is tried again after 30 seconds, 2 and 10 minutes, 1, 6 and 12 hours'

/** No attempt waits longer for its turn. */
export const LONGEST_RETRY_SECONDS = Math.max(...RETRY_SECONDS)

/** Seconds until a delivery is tried again, by how often it was; null = not again. */
export function retryAfterSeconds(attempts: number): number | null {
  return RETRY_SECONDS[attempts - 1] ?? null
}

/** An audit entry, as far as it makes a notification. */
export type AuditedAction = { id: string; action: string; subjectId: string; detail: unknown }

/** Who is told of an action of somebody else. */
export type Audience =
  | { kind: 'account'; accountId: string }
  /** Who a deviation is assigned to. */
  | { kind: 'assignee'; deviationId: string }
  /** Who has one of these roles and sees every host of one of these decisions, or of what was proposed together under this id. */
  | { kind: 'deciders'; roles: readonly Role[]; subjectIds: readonly string[] }
  /** Who answers for decisions: their authors, owners and deciders with those who stand in for them; who may decide where none of them can sign in. */
  | { kind: 'answerable'; decisionIds: readonly string[] }
  /** Who sees the whole fleet. */
  | { kind: 'everybody' }

export type Announcement = {
  event: NotificationEvent
  audience: Audience
  title: string
  href: string
  /** Whoever did it is told too: it may not have been them. */
  isToldToActor?: true
}

/** What waits, by the action that made it wait. */
const AWAITING: Readonly<Record<string, string>> = {
  'decision-proposed': 'A proposed decision waits for you',
  'decision-approved-first': 'A decision waits for a second approval',
  'decision-broke-glass': 'An emergency block waits to be confirmed',
}

const ANSWERED: Readonly<Record<string, string>> = {
  'decision-approved': 'A decision of yours was approved',
  'decision-rejected': 'A decision of yours was rejected',
  'decision-revoked': 'A decision of yours was revoked',
  'decision-superseded': 'A decision of yours was replaced by another',
}

/** What becomes of one without anybody's answer. */
const UNASKED: Readonly<Record<string, string>> = {
  'decision-expired': 'A decision ended: its last day is over',
  'decision-exception-expired': 'An exception ended: it is blocked there now',
  'decision-lapsed': 'An emergency block lapsed: nobody approved it',
}

const OF_BATCHES: Readonly<Record<string, string>> = {
  'decisions-approved-together': 'Decisions proposed together were approved',
  'decisions-rejected-together': 'Decisions proposed together were rejected',
}
/** Why decisions hold for other hosts. */
const OF_HOSTS: Readonly<Record<string, string>> = {
  'hosts-merged': 'some were merged',
  'host-split': 'one was split',
}

/** What became of how somebody signs in, by whomever (ASVS 2.2.3, 2.5.5). */
const OWN_ACCOUNT: Readonly<Record<string, string>> = {
  'account-link-used': 'Your password was set by a link',
  'account-two-step-reset': 'Your two-step sign-in was reset by an administrator',
  'own-password-changed': 'Your password was changed',
  'own-recovery-code-used': 'A recovery code of yours was used',
  'own-recovery-codes-renewed': 'Your recovery codes were renewed',
  'own-two-step-off': 'Your authenticator was removed',
  'own-two-step-on': 'An authenticator was set up for your account',
  'sign-ins-locked-out': 'Somebody tried too often to sign in as you',
}

/** What an action of the audit log announces; null = nothing. Its names are those that operations write. */
export function toAnnouncement({ action, subjectId, detail }: AuditedAction): Announcement | null {
  const href = `/deviations/${subjectId}`
  switch (action) {
    case 'deviation-assigned': {
      const accountId = textOf(detail, 'assigneeId')
      return accountId === null
        ? null
        : {
            event: 'deviation-assigned',
            audience: { kind: 'account', accountId },
            title: 'A deviation was assigned to you',
            href,
          }
    }
    case 'deviation-noted':
      return {
        event: 'deviation-noted',
        audience: { kind: 'assignee', deviationId: subjectId },
        title: 'A note on a deviation of yours',
        href,
      }
    case 'decisions-proposed-together':
      return {
        event: 'decision-awaits',
        audience: { kind: 'deciders', roles: DECIDERS, subjectIds: [subjectId] },
        title: 'Decisions proposed together wait for you',
        href: batchHref(subjectId),
      }
    case 'delegation-made': {
      const accountId = textOf(detail, 'toId')
      return accountId === null
        ? null
        : {
            event: 'decision-awaits',
            audience: { kind: 'account', accountId },
            title: 'Somebody lets you decide for them',
            href: '/decisions?awaiting=me',
          }
    }
    default:
      return (
        ofDecision(action, subjectId, detail) ??
        ofBatch(action, subjectId, detail) ??
        ofHosts(action, detail) ??
        ofOwnAccount(action, subjectId)
      )
  }
}

function ofDecision(action: string, subjectId: string, detail: unknown): Announcement | null {
  // what was proposed or answered with others is announced once, as one
  if (textOf(detail, 'batch') !== null) return null
  const href = `/decisions/${subjectId}`
  const waits = AWAITING[action]
  if (waits !== undefined)
    return {
      event: 'decision-awaits',
      audience: { kind: 'deciders', roles: DECIDERS, subjectIds: [subjectId] },
      title: waits,
      href,
    }
  const audience: Audience = { kind: 'answerable', decisionIds: [subjectId] }
  const answered = ANSWERED[action]
  if (answered !== undefined) {
    const isNarrowed = action === 'decision-approved' && readDetail(detail, 'proposedScope') !== undefined
    const title = isNarrowed ? 'A decision of yours was approved for fewer hosts' : answered
    return { event: 'decision-answered', audience, title, href }
  }
  const unasked = UNASKED[action]
  return unasked === undefined ? null : { event: 'decision-due', audience, title: unasked, href }
}

function ofBatch(action: string, batchId: string, detail: unknown): Announcement | null {
  const title = OF_BATCHES[action]
  if (title === undefined) return null
  const audience: Audience = { kind: 'answerable', decisionIds: idsOf(detail, 'decisions') }
  return { event: 'decision-answered', audience, title, href: batchHref(batchId) }
}

/** One merge or split can change where a hundred decisions hold. */
function ofHosts(action: string, detail: unknown): Announcement | null {
  const happened = OF_HOSTS[action]
  const decisionIds = idsOf(detail, 'decisions')
  const [first, ...more] = decisionIds
  if (happened === undefined || first === undefined) return null
  const audience: Audience = { kind: 'answerable', decisionIds }
  const told = { event: 'decision-due', audience } as const
  return more.length === 0
    ? { ...told, title: `A decision holds for other hosts: ${happened}`, href: `/decisions/${first}` }
    : { ...told, title: `Decisions hold for other hosts: ${happened}`, href: '/decisions' }
}

function idsOf(detail: unknown, name: string): string[] {
  const value = readDetail(detail, name)
  return Array.isArray(value) ? value.filter((id) => typeof id === 'number').map(String) : []
}

function ofOwnAccount(action: string, accountId: string): Announcement | null {
  const title = OWN_ACCOUNT[action]
  return title === undefined
    ? null
    : {
        event: 'own-account',
        audience: { kind: 'account', accountId },
        title,
        href: '/settings',
        isToldToActor: true,
      }
}

function textOf(detail: unknown, name: string): string | null {
  const value = readDetail(detail, name)
  return typeof value === 'string' ? value : null
}

function readDetail(detail: unknown, name: string): unknown {
  return detail === null || typeof detail !== 'object' ? undefined : new Map(Object.entries(detail)).get(name)
}
