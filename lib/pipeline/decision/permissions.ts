import { ExpectedError } from '@/lib/errors'
import { type Actor, type KeyScope, ROLES, type Role } from '@/lib/pipeline/actor'

/** Each thing that needs a permission, and the roles that have it. Asked by pages, handlers and operations alike. */
const ALLOWED = {
  view: ['viewer', 'responder', 'manager', 'admin'],
  export: ['viewer', 'responder', 'manager', 'admin'],
  import: ['responder', 'manager', 'admin'],
  ingest: [],
  triage: ['responder', 'manager', 'admin'],
  'declare-incident': ['responder', 'manager', 'admin'],
  propose: ['responder', 'manager', 'admin'],
  decide: ['manager', 'admin'],
  'view-audit': ['manager', 'admin'],
  'manage-catalogue': ['admin'],
  'manage-sigma': ['admin'],
  'manage-hosts': ['admin'],
  'take-back': ['admin'],
  'manage-accounts': ['admin'],
  'manage-keys': ['admin'],
  'manage-settings': ['admin'],
  'schedule-exports': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof ALLOWED

/** What a key's scope opens; keys change nothing but by ingesting. */
const KEY_ALLOWED: Record<KeyScope, readonly Action[]> = {
  ingest: ['ingest', 'import'],
  read: ['view'],
  export: ['view', 'export', 'view-audit'],
}

/**
 * What speaks or disposes of every host, or could let somebody see more of them (an account or a key of all hosts, a host put into their group): not for
 * accounts that see a part of them, whatever their role.
 */
const OF_ALL_HOSTS: ReadonlySet<Action> = new Set([
  'view-audit',
  'schedule-exports',
  'manage-catalogue',
  'manage-sigma',
  'manage-hosts',
  'take-back',
  'manage-accounts',
  'manage-keys',
  'manage-settings',
])

/** What the refusal says. */
const WORDS: Record<Action, string> = {
  view: 'read these pages',
  export: 'export data',
  import: 'import logs',
  ingest: 'send events',
  triage: 'triage deviations',
  'declare-incident': 'declare or end an incident',
  propose: 'propose a verdict',
  decide: 'approve or reject a decision',
  'view-audit': 'read the audit log',
  'manage-catalogue': 'change the catalogue',
  'manage-sigma': 'change Sigma rules',
  'manage-hosts': 'change hosts and groups',
  'take-back': 'take back an import',
  'manage-accounts': 'manage accounts',
  'manage-keys': 'manage API keys',
  'manage-settings': 'change the settings',
  'schedule-exports': 'schedule exports',
}

/** Whether a role has a permission. */
export function may(role: Role, action: Action): boolean {
  const roles: readonly Role[] = ALLOWED[action]
  return roles.includes(role)
}

/** The roles that have a permission. */
export function rolesWith(action: Action): readonly Role[] {
  return ROLES.filter((role) => may(role, action))
}

/** Whether whoever asks has a permission: an account by its role and the hosts that it sees, a key by its scopes, the system always. */
export function actorMay(actor: Actor, action: Action): boolean {
  switch (actor.kind) {
    case 'account':
      return may(actor.role, action) && (actor.scope.kind === 'all' || !OF_ALL_HOSTS.has(action))
    case 'key':
      return actor.keyScopes.some((scope) => KEY_ALLOWED[scope].includes(action))
    case 'system':
      return true
  }
}

/** Everything that whoever asks may do. */
export function permissionsOf(actor: Actor): Action[] {
  return (Object.keys(ALLOWED) as Action[]).filter((action) => actorMay(actor, action))
}

/** @throws ExpectedError 'forbidden' saying which roles or scopes could */
export function requirePermission(actor: Actor, action: Action): void {
  if (actorMay(actor, action)) return
  if (actor.kind === 'account' && may(actor.role, action))
    throw new ExpectedError('forbidden', `To ${WORDS[action]} takes an account that sees all hosts.`)
  const roles: readonly Role[] = ALLOWED[action]
  const scopes = Object.entries(KEY_ALLOWED).filter(([, actions]) => actions.includes(action))
  const aKey = `key with the scope ${scopes.map(([scope]) => scope).join(' or ') || '(none has it)'}`
  const who =
    actor.kind === 'key'
      ? `a ${aKey}`
      : roles.length > 0
        ? `the role ${roles.join(' or ')}`
        : `an API ${aKey}`
  throw new ExpectedError('forbidden', `To ${WORDS[action]} takes ${who}.`)
}
