import { loadsOnly, NOT_REPORTED, type RulingEffect } from './ruling'

/** How a host used a deviation's pattern in one way: from one parent, as one binary. Days are 'YYYY-MM-DD'. */
export type PatternUse = {
  hostId: number
  hostName: string
  /** null = in no group. */
  groupId: number | null
  groupName: string | null
  /** Values of the features; null = not reported. */
  parent: string | null
  identity: string | null
  /** Notable modules that it loaded; null or left out = not reported. */
  modules?: readonly string[] | null
  firstDay: string
  lastDay: string
  executions: number
  /** Scored as a deviation: what triage is about. The others are uses of the same pattern that did not stand out. */
  deviates: boolean
}

export type TriageScopeKind = 'fleet' | 'groups' | 'hosts'

/** Where a ruling holds, as stored. */
export type TriageScope =
  | { kind: 'fleet' }
  | { kind: 'groups'; ids: number[] }
  | { kind: 'hosts'; ids: number[] }

export type TriageChoice = {
  effect: RulingEffect
  scope: TriageScopeKind
  /** Last day it holds; null = no end. */
  until: string | null
}

/** A ruling to be made. `parent` and `identity`: null = any, NOT_REPORTED = only where it is not reported. */
export type PlannedRuling = {
  parent: string | null
  identity: string | null
  /** The only notable modules that it explains; null = any. */
  modules: string[] | null
  scope: TriageScope
  effect: RulingEffect
  from: string
  until: string | null
}

export type TriagePlan = {
  rulings: PlannedRuling[]
  /** What is on record already that the rulings judge anew. */
  hostIds: number[]
  executions: number
  /** Deviating executions outside of the scope or the window: they stay deviations. */
  executionsLeft: number
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function earliest(uses: readonly PatternUse[]): string | null {
  return uses.map(({ firstDay }) => firstDay).sort(byText)[0] ?? null
}

/** Hosts in no group have no group to rule for: they are then ruled for one by one. */
function toScopes(uses: readonly PatternUse[], kind: TriageScopeKind): TriageScope[] {
  if (kind === 'fleet') return [{ kind }]
  const groups = kind === 'groups' ? unique(uses.flatMap(({ groupId }) => groupId ?? [])) : []
  const alone = uses.filter(({ groupId }) => kind === 'hosts' || groupId === null)
  const hosts = unique(alone.map(({ hostId }) => hostId))
  return [
    ...(groups.length > 0 ? [{ kind: 'groups' as const, ids: groups }] : []),
    ...(hosts.length > 0 ? [{ kind: 'hosts' as const, ids: hosts }] : []),
  ]
}

function unique(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}

function isIn(scope: TriageScope, { hostId, groupId }: PatternUse): boolean {
  if (scope.kind === 'fleet') return true
  return scope.kind === 'hosts' ? scope.ids.includes(hostId) : groupId !== null && scope.ids.includes(groupId)
}

/** Whether a planned ruling judges a use, at least on some of its days. */
function judges(ruling: PlannedRuling, use: PatternUse): boolean {
  const binds = (bound: string | null, value: string | null) =>
    bound === null || bound === (value ?? NOT_REPORTED)
  return (
    isIn(ruling.scope, use) &&
    binds(ruling.parent, use.parent) &&
    binds(ruling.identity, use.identity) &&
    loadsOnly(ruling.modules, use.modules ?? null) &&
    ruling.from <= use.lastDay &&
    (ruling.until === null || use.firstDay <= ruling.until)
  )
}

type Way = Pick<PlannedRuling, 'parent' | 'identity' | 'modules'>

/** One of each way in which the pattern was used, with all modules that it loaded so, in a stable order. */
function waysOf(uses: readonly PatternUse[]): Way[] {
  const ways = new Map<string, Way>()
  for (const use of uses) {
    const [parent, identity] = [use.parent ?? NOT_REPORTED, use.identity ?? NOT_REPORTED]
    const key = `${parent}\n${identity}`
    const known = ways.get(key)?.modules ?? null
    const modules = use.modules ? [...new Set([...(known ?? []), ...use.modules])].sort(byText) : known
    ways.set(key, { parent, identity, modules })
  }
  return [...ways.entries()].sort(([a], [b]) => byText(a, b)).map(([, way]) => way)
}

/**
 * What a triage teaches, before it is done. Expected and test bind to the parents, binaries and modules that deviated, from the first such day on;
 * malicious binds to the pattern alone, from the first day on record, so that it also takes back what was learned before anybody noticed.
 */
export function planTriage(uses: readonly PatternUse[], choice: TriageChoice): TriagePlan {
  const deviating = uses.filter(({ deviates }) => deviates)
  const about = choice.effect === 'malicious' || deviating.length === 0 ? uses : deviating
  const from = earliest(about)
  const ways =
    choice.effect === 'malicious' ? [{ parent: null, identity: null, modules: null }] : waysOf(about)
  const rulings =
    from === null
      ? []
      : toScopes(about, choice.scope).flatMap((scope) =>
          ways.map((way) => ({ ...way, scope, effect: choice.effect, from, until: choice.until })),
        )
  const judged = uses.filter((use) => rulings.some((ruling) => judges(ruling, use)))
  return {
    rulings,
    hostIds: unique(judged.map(({ hostId }) => hostId)),
    executions: judged.reduce((sum, { executions }) => sum + executions, 0),
    executionsLeft: deviating
      .filter((use) => !judged.includes(use))
      .reduce((sum, { executions }) => sum + executions, 0),
  }
}

/** The narrowest scope that is still worth a ruling: one host stands for itself, several for their groups. */
export function defaultScope(uses: readonly PatternUse[]): TriageScopeKind {
  const deviating = uses.filter(({ deviates }) => deviates)
  const hosts = new Set(deviating.map(({ hostId }) => hostId))
  return hosts.size > 1 && deviating.every(({ groupId }) => groupId !== null) ? 'groups' : 'hosts'
}

/** Days that an expected ruling holds unless somebody says otherwise. */
export const EXPECTED_DAYS = 180
