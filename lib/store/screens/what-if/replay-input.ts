import type { Scope } from '@/lib/pipeline/actor'
import type { BlockException, DecisionScope } from '@/lib/pipeline/decision/block'
import type { Interrupting } from '@/lib/pipeline/decision/gather-facets'
import { type Starter, starterOf } from '@/lib/pipeline/decision/necessity'
import { exceptionsNow, scopeNow, takesIn } from '@/lib/pipeline/decision/scope'
import {
  type Effect,
  effectOn,
  type Plan,
  placeBits,
  signatureBits,
  userBits,
} from '@/lib/pipeline/decision/what-if'
import { loadHostNow } from '@/lib/store/host-identity'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { loadSignatures } from '@/lib/store/signatures'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { loadAccounts } from './load-accounts'

/**
 * What the pure predicate says of each signature, host and person that counts: whoever replays only adds up, and cannot disagree. All plans speak
 * of the same binary, scope and exceptions; the first is the one asked about.
 */
export type UseInput = {
  entryId: number
  /** Bits of the first plan's exceptions that its control can express. */
  expressible: number
  kinds: {
    ids: string[]
    bits: number[]
    stopped: number[]
    unknown: number[]
    /** Places in `parents` and `patterns`; -1 = not reported. */
    parent: number[]
    pattern: number[]
    effect: (Effect | 'refused')[]
    starter: Starter[]
  }
  /** How often each kind ran at all, as far as it is counted by day. */
  executions: number[]
  parents: string[]
  patterns: string[]
  /** Hosts in the actor's sight and the block's scope. */
  hosts: { ids: number[]; bits: number[]; groups: number[] }
  /** Groups that an exception names. */
  groups: { ids: number[]; bits: number[] }
  /** Hosts that an exception names by themselves. */
  singleHosts: number[]
  /** People whom an exception names. */
  people: { ids: string[]; bits: number[] }
}

/** With the accounts that people are counted by, as of Judged. */
export type ReplayInput = UseInput & { accounts: ReadonlyMap<string, string> }

const NO_HOST = -1

export async function loadReplayInput(
  scope: Scope,
  entryId: number,
  plans: readonly [Plan, ...Plan[]],
): Promise<ReplayInput> {
  const [input, accounts] = await Promise.all([loadUseInput(scope, entryId, plans), loadAccounts()])
  return { ...input, accounts }
}

export async function loadUseInput(
  scope: Scope,
  entryId: number,
  plans: readonly [Plan, ...Plan[]],
): Promise<UseInput> {
  const [first] = plans
  const hostNow = await loadHostNow(pool())
  const places = scopeNow(first.block.scope, hostNow)
  const exceptions = exceptionsNow(first.block.exceptions, hostNow)
  const [kinds, hosts, people] = await Promise.all([
    loadKinds(entryId, plans),
    loadHosts(scope, places, exceptions),
    loadPeople(exceptions),
  ])
  // a group spared twice, each with its reason, is one group
  const groupIds = [...new Set(exceptions.flatMap((one) => (one.kind === 'group' ? [one.id] : [])))]
  return {
    entryId,
    expressible: first.expressible,
    ...kinds,
    hosts,
    groups: {
      ids: groupIds,
      bits: groupIds.map((groupId) => placeBits(exceptions, { hostId: NO_HOST, groupId })),
    },
    singleHosts: exceptions.flatMap((one) => (one.kind === 'host' ? [one.id] : [])),
    people,
  }
}

async function loadKinds(
  entryId: number,
  plans: readonly [Plan, ...Plan[]],
): Promise<Pick<UseInput, 'kinds' | 'executions' | 'parents' | 'patterns'>> {
  const found = await rows<{ id: string; executions: string | null }>(
    pool(),
    sql`SELECT s.id, u.executions FROM signature s
        LEFT JOIN (SELECT signature_id, sum(executions) AS executions FROM use_day WHERE entry_id = ${entryId} GROUP BY 1) u ON u.signature_id = s.id
        WHERE s.entry_id = ${entryId} ORDER BY s.id`,
  )
  const executionsOf = new Map(found.map(({ id, executions }) => [id, Number(executions ?? 0)]))
  const signatures = await loadSignatures(
    pool(),
    found.map(({ id }) => id),
  )
  const [parents, patterns] = [new Map<string, number>(), new Map<string, number>()]
  const kinds: UseInput['kinds'] = {
    ids: [],
    bits: [],
    stopped: [],
    unknown: [],
    parent: [],
    pattern: [],
    effect: [],
    starter: [],
  }
  const [first] = plans
  for (const [id, signature] of signatures) {
    const effects = plans.map((plan) => (plan.split.refusal === null ? effectOn(plan, signature) : 'refused'))
    kinds.ids.push(id)
    kinds.bits.push(signatureBits(first.block.exceptions, signature))
    kinds.stopped.push(bitsWhere(effects, 'stopped'))
    kinds.unknown.push(bitsWhere(effects, 'unknown'))
    kinds.parent.push(placeOf(parents, signature.features.parent))
    kinds.pattern.push(placeOf(patterns, signature.pattern))
    kinds.effect.push(effects[0] ?? 'refused')
    kinds.starter.push(starterOf(signature))
  }
  return {
    kinds,
    executions: kinds.ids.map((id) => executionsOf.get(id) ?? 0),
    parents: [...parents.keys()],
    patterns: [...patterns.keys()],
  }
}

function bitsWhere(effects: readonly string[], wanted: string): number {
  return effects.reduce((bits, effect, at) => (effect === wanted ? bits | (1 << at) : bits), 0)
}

function placeOf(known: Map<string, number>, value: string | null): number {
  if (value === null) return -1
  const place = known.get(value) ?? known.size
  known.set(value, place)
  return place
}

async function loadHosts(
  scope: Scope,
  places: DecisionScope,
  exceptions: readonly BlockException[],
): Promise<UseInput['hosts']> {
  const found = await rows<{ hostId: number; groupId: number | null }>(
    pool(),
    sql`SELECT h.id AS "hostId", m.group_id AS "groupId" FROM host h
        LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL WHERE true ${inScope(scope, sql`h.id`)}`,
  )
  const inside = found.filter((host) => takesIn(places, host))
  return {
    ids: inside.map(({ hostId }) => hostId),
    bits: inside.map((host) => placeBits(exceptions, host)),
    groups: inside.map(({ groupId }) => groupId ?? 0),
  }
}

async function loadPeople(exceptions: readonly BlockException[]): Promise<UseInput['people']> {
  const named = exceptions.flatMap((one) => (one.kind === 'user' ? [one.value.toLowerCase()] : []))
  if (named.length === 0) return { ids: [], bits: [] }
  const found = await rows<{ id: string; name: string | null; sid: string | null }>(
    pool(),
    sql`SELECT id, name, sid FROM principal WHERE lower(name) = ANY(${named}::text[]) OR lower(sid) = ANY(${named}::text[])`,
  )
  return {
    ids: found.map(({ id }) => id),
    bits: found.map((user) => userBits(exceptions, user)),
  }
}

/** The input for what is added up as it is read. */
export function judgedBy({ kinds, hosts, people, accounts, expressible }: ReplayInput): Interrupting {
  return {
    kinds,
    hosts: new Map(
      hosts.ids.map((id, at) => [id, { bits: hosts.bits[at] ?? 0, groupId: hosts.groups[at] ?? 0 }]),
    ),
    people: new Map(people.ids.map((id, at) => [id, people.bits[at] ?? 0])),
    accounts,
    expressible,
  }
}

/** The use that the input is about, as it is stored packed. */
export function packedIn({ entryId, kinds, hosts }: UseInput) {
  return { entryId, kindIds: kinds.ids, hostIds: hosts.ids }
}

/** `WITH kind AS …, place AS …, person AS …`: the input as tables. */
export function inputTables({ kinds, hosts, people }: UseInput): Sql {
  return sql`kind AS MATERIALIZED (SELECT * FROM unnest(${kinds.ids}::bigint[], ${kinds.bits}::int[], ${kinds.stopped}::int[],
        ${kinds.unknown}::int[]) AS k(signature_id, bits, stopped, unknown)),
      place AS MATERIALIZED (SELECT * FROM unnest(${hosts.ids}::int[], ${hosts.bits}::int[], ${hosts.groups}::int[]) AS p(host_id, bits, group_id)),
      person AS MATERIALIZED (SELECT * FROM unnest(${people.ids}::bigint[], ${people.bits}::int[]) AS w(principal_id, bits))`
}

/** Joins a table `u` with host_id, signature_id and principal_id to the input; `bits` are the exceptions that match a row. */
export function joinInput({ people }: UseInput): { joins: Sql; bits: Sql } {
  const named = people.ids.length > 0
  return {
    joins: sql`JOIN kind k ON k.signature_id = u.signature_id JOIN place l ON l.host_id = u.host_id
      ${named ? sql`LEFT JOIN person w ON w.principal_id = u.principal_id` : empty}`,
    bits: named ? sql`(k.bits | l.bits | coalesce(w.bits, 0))` : sql`(k.bits | l.bits)`,
  }
}

/** Whether the first plan interrupts a row so joined. */
export function isInterrupted({ expressible }: UseInput, bits: Sql): Sql {
  return sql`(k.stopped & 1 = 1 AND ${bits} & ${expressible}::int = 0)`
}
