import { splitNames, unknownHostsWords } from '@/components/decision/scope-words'
import type { BlockEffect, BlockException, Control } from '@/lib/pipeline/decision/block'
import type { Listed } from '@/lib/pipeline/decision/evidence'
import { firstNames } from '@/lib/pipeline/decision/first-names'
import { ONE_RING, type RingPlan } from '@/lib/pipeline/decision/rings'
import type { Verdict } from '@/lib/pipeline/decision/states'
import { type DecisionTerms, EFFECTS_OF } from '@/lib/pipeline/decision/terms'

/** An exception as the form holds it: hosts and groups by their texts. */
export type ExceptionValue = {
  key: number
  kind: BlockException['kind']
  text: string
  reason: string
  until: string
}

/** What exceptions can name: as it was seen here. */
export type SeenUse = { parents: readonly Listed[]; patterns: readonly Listed[]; users: readonly Listed[] }

/** The form's fields, as they are typed. */
export type DraftValues = {
  verdict: Verdict | null
  effect: BlockEffect | null
  control: Control | null
  scopeKind: 'fleet' | 'groups' | 'hosts'
  groupIds: number[]
  hostNames: string
  exceptions: ExceptionValue[]
  rings: RingPlan
  justification: string
  ownerId: string
  reviewOn: string
  expiresOn: string
  ticket: string
}

/** Where a decision is to hold, as far as it is said: hosts by name. */
export type Places =
  | { kind: 'fleet' }
  | { kind: 'groups'; ids: number[] }
  | { kind: 'hosts'; names: string[] }

/** As long as no group or host is said, all of them. */
export function placesOf({ scopeKind, groupIds, hostNames }: DraftValues): Places {
  const names = splitNames(hostNames)
  if (scopeKind === 'groups' && groupIds.length > 0) return { kind: 'groups', ids: groupIds }
  if (scopeKind === 'hosts' && names.length > 0) return { kind: 'hosts', names }
  return { kind: 'fleet' }
}

/** Names that are said; more are counted. */
const NAMED = 5

/** Of which hosts something is said beside the form. */
export function placesWords(values: DraftValues, groups: readonly { id: number; name: string }[]): string {
  const places = placesOf(values)
  switch (places.kind) {
    case 'groups': {
      const names = groups.flatMap(({ id, name }) => (places.ids.includes(id) ? name : []))
      return `On the hosts of ${firstNames(names, NAMED)}.`
    }
    case 'hosts':
      return `On ${firstNames(places.names, NAMED)}.`
    case 'fleet':
      return `On all hosts that you see${UNTIL[values.scopeKind]}.`
  }
}

const UNTIL: Readonly<Record<DraftValues['scopeKind'], string>> = {
  fleet: '',
  groups: ', until host groups are chosen',
  hosts: ', until hosts are named',
}

/** What a host name became: ids by name, lower-case. */
export type HostIds = ReadonlyMap<string, number>

/** Names of hosts that the form mentions. */
export function hostNamesIn({ scopeKind, hostNames, exceptions }: DraftValues): string[] {
  const scope = scopeKind === 'hosts' ? splitNames(hostNames) : []
  return [...scope, ...exceptions.flatMap(({ kind, text }) => (kind === 'host' ? [text.trim()] : []))].filter(
    (name) => name !== '',
  )
}

/** The terms that the form says. @throws Error with what is missing, for the person at the form */
export function toTerms(values: DraftValues, hosts: HostIds): DecisionTerms {
  const { verdict } = values
  if (verdict === null) throw new Error('Choose a verdict.')
  const blocks = verdict !== 'required'
  return {
    verdict,
    effect: blocks ? values.effect : null,
    control: blocks ? values.control : null,
    scope: toScope(values, hosts),
    exceptions: blocks ? values.exceptions.map((one) => toException(one, hosts)) : [],
    rings: blocks ? values.rings : ONE_RING,
    justification: values.justification,
    ownerId: values.ownerId === '' ? null : values.ownerId,
    reviewOn: values.reviewOn === '' ? null : values.reviewOn,
    expiresOn: values.expiresOn === '' ? null : values.expiresOn,
    ticket: values.ticket.trim() === '' ? null : values.ticket,
  }
}

function toScope({ scopeKind, groupIds, hostNames }: DraftValues, hosts: HostIds): DecisionTerms['scope'] {
  if (scopeKind === 'fleet') return { kind: 'fleet' }
  const ids = scopeKind === 'groups' ? groupIds : splitNames(hostNames).map((name) => hostId(name, hosts))
  if (ids.length === 0) throw new Error(scopeKind === 'groups' ? 'Choose host groups.' : 'Name hosts.')
  return { kind: scopeKind, ids }
}

function toException({ kind, text, reason, until }: ExceptionValue, hosts: HostIds): BlockException {
  const rest = { reason: reason.trim(), until: until === '' ? null : until }
  if (text.trim() === '') throw new Error('Say of each exception what it spares, or remove it.')
  switch (kind) {
    case 'group':
      return { kind, id: Number(text), ...rest }
    case 'host':
      return { kind, id: hostId(text.trim(), hosts), ...rest }
    case 'parent':
    case 'pattern':
    case 'user':
      return { kind, value: text, ...rest }
  }
}

function hostId(name: string, hosts: HostIds): number {
  const id = hosts.get(name.toLowerCase())
  if (id === undefined) throw new Error(unknownHostsWords([name]))
  return id
}

/** The verdict's usual effect in place of one that it cannot have. */
export function fittingEffect(verdict: Verdict, effect: BlockEffect | null): BlockEffect | null {
  const effects = EFFECTS_OF[verdict]
  return effect !== null && effects.includes(effect) ? effect : (effects[0] ?? null)
}
