import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleX,
  Clock,
  Eye,
  Flag,
  FlaskConical,
  Lock,
  OctagonAlert,
  PowerOff,
  Replace,
  ShieldCheck,
  Siren,
  SlidersHorizontal,
  TimerOff,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import type { ComponentType } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import type { Outcome } from '@/lib/pipeline/event/event'
import { DashedCircle } from './dashed-circle'

/** Each state has its word, shape and colour in one place. */
type Look = { label: string; tone: Tone; icon: ComponentType<{ 'aria-hidden'?: boolean }>; hint: string }

const TRIAGE: Record<string, Look> = {
  open: { label: 'Open', tone: 'neutral', icon: DashedCircle, hint: 'Nobody has judged it yet' },
  flagged: { label: 'Flagged', tone: 'warn', icon: Flag, hint: 'Somebody looks into it' },
  expected: { label: 'Expected', tone: 'good', icon: CircleCheck, hint: 'Judged to be normal here' },
  'authorised-test': {
    label: 'Authorised test',
    tone: 'info',
    icon: FlaskConical,
    hint: 'A known test; not learned from',
  },
  malicious: { label: 'Malicious', tone: 'bad', icon: OctagonAlert, hint: 'Judged to be an attack' },
}

const DECISION: Record<string, Look> = {
  draft: { label: 'Draft', tone: 'neutral', icon: DashedCircle, hint: 'Nobody was asked yet' },
  audit: {
    label: 'In audit',
    tone: 'info',
    icon: Eye,
    hint: 'A control reports what it would block; nothing is blocked',
  },
  emergency: {
    label: 'Emergency',
    tone: 'bad',
    icon: Siren,
    hint: 'In force before anybody approved it; it lapses unless a manager does',
  },
  enforced: {
    label: 'Enforced',
    tone: 'good',
    icon: ShieldCheck,
    hint: 'Somebody said that a control carries it out',
  },
  proposed: { label: 'Proposed', tone: 'accent', icon: Clock, hint: 'Waits for a manager' },
  approved: { label: 'Approved', tone: 'good', icon: CircleCheck, hint: 'A manager agreed' },
  rejected: { label: 'Rejected', tone: 'bad', icon: CircleX, hint: 'A manager refused' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral', icon: Undo2, hint: 'Taken back by its proposer' },
  expired: { label: 'Expired', tone: 'neutral', icon: TimerOff, hint: 'Its last day is over' },
  revoked: { label: 'Revoked', tone: 'neutral', icon: Undo2, hint: 'A manager ended it' },
  superseded: { label: 'Superseded', tone: 'neutral', icon: Replace, hint: 'A later decision stands' },
}

const VERDICT: Record<string, Look> = {
  'safe-to-block': { label: 'Safe to block', tone: 'good', icon: Ban, hint: 'Nothing normal here needs it' },
  restrict: {
    label: 'Restrict',
    tone: 'warn',
    icon: SlidersHorizontal,
    hint: 'Needed, but only in known ways',
  },
  disable: {
    label: 'Disable',
    tone: 'good',
    icon: PowerOff,
    hint: 'Its feature goes, or its files open with something else',
  },
  required: { label: 'Required', tone: 'info', icon: Lock, hint: 'Normal work here needs it' },
  emergency: {
    label: 'Emergency block',
    tone: 'warn',
    icon: Siren,
    hint: 'Blocked in an incident: whether normal work needs it was not looked at',
  },
}

const IMPORT: Record<string, Look> = {
  receiving: { label: 'Receiving', tone: 'accent', icon: Clock, hint: 'Still arriving' },
  queued: { label: 'Queued', tone: 'neutral', icon: DashedCircle, hint: 'Waits to be read' },
  running: { label: 'Reading', tone: 'accent', icon: Clock, hint: 'Being read' },
  paused: { label: 'Paused', tone: 'warn', icon: CirclePause, hint: 'Keeps its place until it is resumed' },
  interrupted: {
    label: 'Interrupted',
    tone: 'warn',
    icon: CirclePause,
    hint: 'Its command ended: the same command goes on with it',
  },
  done: { label: 'Done', tone: 'good', icon: CircleCheck, hint: 'Read to its end' },
  unread: {
    label: 'Nothing read',
    tone: 'warn',
    icon: TriangleAlert,
    hint: 'Gone through to its end; every record was rejected',
  },
  failed: { label: 'Failed', tone: 'bad', icon: CircleX, hint: 'Not read to its end' },
  rejected: { label: 'Rejected', tone: 'bad', icon: CircleX, hint: 'Not read' },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: Undo2, hint: 'Stopped by somebody' },
  'taking-back': {
    label: 'Being taken back',
    tone: 'warn',
    icon: Undo2,
    hint: 'What it brought goes, a host’s day at a time',
  },
  'taken-back': {
    label: 'Taken back',
    tone: 'neutral',
    icon: Undo2,
    hint: 'As if it had never been imported',
  },
}

const OUTCOME: Record<Outcome, Look> = {
  allowed: { label: 'Allowed', tone: 'neutral', icon: CircleCheck, hint: 'The control let it run' },
  'would-block': {
    label: 'Would block',
    tone: 'warn',
    icon: DashedCircle,
    hint: 'It ran: the control only audits',
  },
  blocked: { label: 'Blocked', tone: 'bad', icon: Ban, hint: 'The control stopped it' },
  warned: { label: 'Warned', tone: 'info', icon: TriangleAlert, hint: 'The user was asked, and went on' },
}

function StateBadge({ looks, state }: { looks: Record<string, Look>; state: string }) {
  const look = looks[state]
  if (look === undefined) return <Badge>{state}</Badge>
  const Icon = look.icon
  return (
    <Badge tone={look.tone} icon={<Icon aria-hidden />} title={look.hint}>
      {look.label}
    </Badge>
  )
}

/** open, flagged, expected, authorised-test, malicious */
export function TriageBadge({ state }: { state: string }) {
  return <StateBadge looks={TRIAGE} state={state} />
}

/** One of DECISION_STATES */
export function DecisionBadge({ state }: { state: string }) {
  return <StateBadge looks={DECISION} state={state} />
}

/** One of VERDICTS; null = undecided */
export function VerdictBadge({ verdict }: { verdict: string | null }) {
  if (verdict === null) return <span className="text-muted">undecided</span>
  return <StateBadge looks={VERDICT} state={verdict} />
}

/** receiving, queued, running, paused, interrupted, done, failed, cancelled; unread, rejected: nothing of it could be used */
export function ImportBadge({ state }: { state: string }) {
  return <StateBadge looks={IMPORT} state={state} />
}

/** allowed, would-block, blocked, warned: what a control did */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return <StateBadge looks={OUTCOME} state={outcome} />
}

/** 'In audit': a decision's state without its badge. */
export function decisionLabel(state: string): string {
  return DECISION[state]?.label ?? state
}

/** 'Safe to block': a verdict without its badge. */
export function verdictLabel(verdict: string): string {
  return VERDICT[verdict]?.label ?? verdict
}

/** 'Authorised test': a deviation's state without its badge. */
export function triageLabel(state: string): string {
  return TRIAGE[state]?.label ?? state
}

/** Options of filters. */
export const DECISION_OPTIONS = Object.entries(DECISION).map(([value, { label }]) => ({ value, label }))
export const VERDICT_OPTIONS = Object.entries(VERDICT).map(([value, { label }]) => ({ value, label }))
export const IMPORT_OPTIONS = Object.entries(IMPORT).map(([value, { label }]) => ({ value, label }))
export const OUTCOME_OPTIONS = Object.entries(OUTCOME).map(([value, { label }]) => ({ value, label }))
