import type { Role } from '@/lib/pipeline/actor'
import { rolesWith } from './permissions'

/** What people can be told of, and how. */

export const NOTIFICATION_EVENTS = [
  'deviation-found',
  'deviation-assigned',
  'deviation-noted',
  'decision-awaits',
  'alarm',
] as const
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]

const DECIDERS = rolesWith('decide')

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
  alarm: IN_APP,
}

/** Seconds until a delivery is tried again, by how often it was; null = not again. Origin: a restart, an outage, a night. */
export function retryAfterSeconds(attempts: number): number | null {
  const seconds = [30, 120, 600, 3_600, 21_600, 43_200]
  return seconds[attempts - 1] ?? null
}

/** An audit entry, as far as it makes a notification. */
export type AuditedAction = { id: string; action: string; subjectId: string; detail: unknown }

/** Who is told of an action of somebody else. */
export type Audience =
  | { kind: 'account'; accountId: string }
  /** Who a deviation is assigned to. */
  | { kind: 'assignee'; deviationId: string }
  | { kind: 'roles'; roles: readonly Role[] }
  /** Who sees the whole fleet. */
  | { kind: 'everybody' }

export type Announcement = { event: NotificationEvent; audience: Audience; title: string; href: string }

const AWAITING = {
  'decision-proposed': 'A proposed decision waits for you',
  'decision-approved-first': 'A decision waits for a second approval',
  'decision-broke-glass': 'An emergency block waits to be confirmed',
} as const

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
        audience: { kind: 'roles', roles: DECIDERS },
        title: 'Decisions proposed together wait for you',
        href: `/decisions?batch=${subjectId}&size=200`,
      }
    case 'decision-proposed':
      // what was proposed with others is announced once, as one
      if (textOf(detail, 'batch') !== null) return null
      return awaiting(action, subjectId)
    case 'decision-approved-first':
    case 'decision-broke-glass':
      return awaiting(action, subjectId)
    default:
      return null
  }
}

function awaiting(action: keyof typeof AWAITING, decisionId: string): Announcement {
  return {
    event: 'decision-awaits',
    audience: { kind: 'roles', roles: DECIDERS },
    title: AWAITING[action],
    href: `/decisions/${decisionId}`,
  }
}

function textOf(detail: unknown, name: string): string | null {
  if (detail === null || typeof detail !== 'object') return null
  const value = Object.entries(detail).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}
