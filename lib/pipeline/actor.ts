/** Who asks, and which hosts they may see. Every read takes the scope first. */

export const ROLES = ['viewer', 'responder', 'manager', 'admin'] as const
export type Role = (typeof ROLES)[number]

export type Scope = { kind: 'all' } | { kind: 'groups'; groupIds: readonly number[] }

export type Actor =
  | { kind: 'account'; accountId: string; email: string; name: string; role: Role; scope: Scope }
  | { kind: 'key'; keyId: string; name: string; keyScopes: readonly KeyScope[]; scope: Scope }
  | { kind: 'system'; name: string; scope: Scope }

export const KEY_SCOPES = ['ingest', 'read', 'export'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** The account or key that acts; null = the system. Names are no ids: several may have one. */
export function actorIdOf(actor: Actor): string | null {
  if (actor.kind === 'system') return null
  return actor.kind === 'account' ? actor.accountId : actor.keyId
}

/** The actor of the command line, the worker and the seeds. */
export function systemActor(name: string): Actor {
  return { kind: 'system', name, scope: { kind: 'all' } }
}
