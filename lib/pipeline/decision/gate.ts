import { z } from 'zod'
import { CONTROLS } from '@/lib/pipeline/event/event'
import { sha256 } from '@/lib/pipeline/hash'
import type { BlockEffect, Control } from './block'
import { CONTROL_FACTS } from './controls'
import { counted } from './counted'
import { firstNames } from './first-names'
import type { RingState } from './rings'

/** Named things that a watch keeps at most; all are counted. */
export const MAX_WATCHED = 50

const host = z.object({ id: z.number(), name: z.string() })

/** Attempts of one kind: by the same parent, as the same user. */
const AttemptKind = z.object({
  kind: z.string(),
  parent: z.string().nullable(),
  user: z.string().nullable(),
  events: z.number(),
  hosts: z.number(),
  /** An exception of the decision spares it. */
  spared: z.boolean(),
})
export type AttemptKind = z.infer<typeof AttemptKind>

/** What is seen on the hosts of a ring since its state began: written by the worker, read by every page. */
export const RingWatchSchema = z.object({
  version: z.literal(1),
  hosts: z.number(),
  /** Hosts with any telemetry in the last REPORTING_DAYS days of data. */
  reporting: z.number(),
  silent: z.array(host),
  /** Whole days of data since the state began. */
  days: z.number(),
  /** Hosts on which the control reported that a policy was applied or changed since; null = this control reports none. */
  confirmed: z.number().nullable(),
  /** What its reports name: the exported policy, a rule, or none; null = as above. */
  confirmedBy: z.enum(['policy', 'rule', 'any']).nullable().default(null),
  /** Of the exported policy or its rules, as reports name them. */
  policyIds: z.array(z.string()).default([]),
  /** Hosts that reported policies since, and none of these. */
  otherPolicies: z.number().default(0),
  /** Of the binary, or of its connections where only the network is cut; what exceptions spare is left out. */
  executions: z.number(),
  executionHosts: z.number(),
  /** Hosts that ran it and of which the control said nothing. */
  unheard: z.array(host),
  wouldBlock: z.number(),
  blocked: z.number(),
  kinds: z.array(AttemptKind),
  /** Kinds beyond those listed. */
  moreKinds: z.number(),
  /** Executions beyond the blocked events of the same host and day. */
  unmatched: z.number(),
  unmatchedOn: z.array(host),
})
export type RingWatch = z.infer<typeof RingWatchSchema>

/** A watch as stored; null = not looked at yet, or of a form that is no longer read. */
export function readWatch(stored: unknown): RingWatch | null {
  const read = RingWatchSchema.safeParse(stored)
  return read.success ? read.data : null
}

/** A name is part of a key. */
const MAX_KIND = 500

/** Names a kind of attempts, to explain it: what parent and user are, or their hash where they are long. */
export function attemptKind(parent: string | null, user: string | null): string {
  const kind = JSON.stringify([parent, user])
  return kind.length <= MAX_KIND ? kind : sha256(kind)
}

/** A host without telemetry for so many days of data is silent: a long weekend is none. */
export const REPORTING_DAYS = 4

/** What a ring's audit has to show before it is enforced. */
export const GATE_BOUNDS = { days: 7, reportingShare: 0.9 } as const

export type GateCheck = {
  id: 'order' | 'audited' | 'hosts' | 'days' | 'coverage' | 'heard' | 'explained'
  ok: boolean
  words: string
}
export type Gate = { ready: boolean; checks: GateCheck[] }

export type GateInput = {
  state: RingState
  control: Control
  watch: RingWatch | null
  /** Kinds of attempts that somebody explained. */
  explained: ReadonlySet<string>
  /** Rings before this one that are not enforced. */
  earlier: number
}

/** Whether a ring can be enforced, and why or why not: every check is answered, so that the reader sees what holds as well. */
export function ringGate({ state, control, watch, explained, earlier }: GateInput): Gate {
  const order: GateCheck = {
    id: 'order',
    ok: earlier === 0,
    words:
      earlier === 0
        ? 'No ring before it waits.'
        : `${counted(earlier, 'ring')} before it ${earlier === 1 ? 'is' : 'are'} not enforced yet.`,
  }
  const audited = auditedCheck(state, control)
  const seen = watch === null ? [] : checksOf(watch, control, explained)
  if (watch === null && audited.ok && CONTROL_FACTS[control].auditMode)
    seen.push({
      id: 'days',
      ok: false,
      words: 'Its hosts were not looked at yet: the worker does so in a moment.',
    })
  const checks = [order, audited, ...seen]
  return { ready: checks.every(({ ok }) => ok), checks }
}

function auditedCheck(state: RingState, control: Control): GateCheck {
  if (!CONTROL_FACTS[control].auditMode)
    return {
      id: 'audited',
      ok: true,
      words: 'This control has no audit mode: what it would stop is known from the replay alone.',
    }
  return state === 'audit'
    ? { id: 'audited', ok: true, words: 'It is in audit.' }
    : { id: 'audited', ok: false, words: 'It was not in audit: nobody knows what the control would stop.' }
}

function checksOf(watch: RingWatch, control: Control, explained: ReadonlySet<string>): GateCheck[] {
  const { hosts, reporting, days } = watch
  const checks: GateCheck[] = [
    {
      id: 'hosts',
      ok: hosts > 0,
      words: hosts > 0 ? `${counted(hosts, 'host')} in it.` : 'No host is in it.',
    },
    {
      id: 'coverage',
      ok: hosts > 0 && reporting >= hosts * GATE_BOUNDS.reportingShare,
      words: `${reporting} of ${counted(hosts, 'host')} reported in the last ${REPORTING_DAYS} days of data.`,
    },
  ]
  if (!CONTROL_FACTS[control].auditMode) return checks
  checks.push({
    id: 'days',
    ok: days >= GATE_BOUNDS.days,
    words: `${counted(days, 'day')} of audit on record; it takes ${GATE_BOUNDS.days}.`,
  })
  if (REPORTING.has(control)) checks.push(heardCheck(watch))
  checks.push(explainedCheck(watch, explained))
  return checks
}

/** Controls whose log is read; of the others nothing is heard, whatever they do. */
const REPORTING: ReadonlySet<Control> = new Set(CONTROLS)

function heardCheck({ unheard }: RingWatch): GateCheck {
  return {
    id: 'heard',
    ok: unheard.length === 0,
    words:
      unheard.length === 0
        ? 'The control spoke up on every host that ran it.'
        : `It ran on ${counted(unheard.length, 'host')} of which the control said nothing: the audit policy did not reach them, or its log is not sent.`,
  }
}

function explainedCheck(watch: RingWatch, explained: ReadonlySet<string>): GateCheck {
  const open = openKinds(watch, explained)
  const more = open.length + watch.moreKinds
  if (more === 0)
    return {
      id: 'explained',
      ok: true,
      words:
        watch.wouldBlock === 0
          ? 'No would-block event came in.'
          : `All ${watch.wouldBlock} would-block events are spared or explained.`,
    }
  const events = open.reduce((sum, kind) => sum + kind.events, 0)
  return {
    id: 'explained',
    ok: false,
    words: `${counted(more, 'kind')} of would-block events (${events} events) ${more === 1 ? 'is' : 'are'} neither spared nor explained.`,
  }
}

/** Kinds of attempts that nobody explained and no exception spares. */
export function openKinds(watch: RingWatch, explained: ReadonlySet<string>): AttemptKind[] {
  return watch.kinds.filter(({ kind, spared }) => !spared && !explained.has(kind))
}

/** Something wrong with an enforced ring. `grave`: the block does not hold; else it is not known to. */
export type RingAlarm = { key: 'runs' | 'silent' | 'unconfirmed'; grave: boolean; words: string }

/** Days of data that a policy may take to reach a host. */
const CONFIRM_DAYS = 3

/** What of an enforced ring does not hold, or is not known to. */
export function ringAlarms(state: RingState, effect: BlockEffect, watch: RingWatch | null): RingAlarm[] {
  if (state !== 'enforced' || watch === null) return []
  const alarms: RingAlarm[] = []
  if (watch.unmatched > 0 && effect !== 'reassociate')
    alarms.push({
      key: 'runs',
      grave: true,
      words:
        effect === 'network'
          ? `${counted(watch.unmatched, 'connection')} without a matching block event, on ${named(watch.unmatchedOn)}.`
          : `It still runs: ${counted(watch.unmatched, 'execution')} without a matching block event, on ${named(watch.unmatchedOn)}.`,
    })
  if (watch.silent.length > 0)
    alarms.push({
      key: 'silent',
      grave: false,
      words: `${counted(watch.hosts - watch.reporting, 'host')} in scope ${watch.hosts - watch.reporting === 1 ? 'reports' : 'report'} nothing: ${named(watch.silent)}.`,
    })
  if (watch.days >= CONFIRM_DAYS && watch.confirmed !== null && watch.confirmed < watch.hosts)
    alarms.push({
      key: 'unconfirmed',
      grave: false,
      words: unconfirmedWords(watch),
    })
  return alarms
}

function unconfirmedWords({ confirmed, confirmedBy, otherPolicies, hosts }: RingWatch): string {
  const on = `${confirmed} of ${counted(hosts, 'host')} since`
  const other = otherPolicies > 0 ? `; ${counted(otherPolicies, 'host')} reported other policies only` : ''
  switch (confirmedBy) {
    case 'policy':
      return `The exported policy was reported on ${on}${other}.`
    case 'rule':
      return `A rule that blocks was reported on ${on}${other}.`
    default:
      return `The control confirmed a policy on ${on}, and does not say which.`
  }
}

const NAMED = 3

function named(hosts: readonly { name: string }[]): string {
  return firstNames(
    hosts.map(({ name }) => name),
    NAMED,
  )
}
