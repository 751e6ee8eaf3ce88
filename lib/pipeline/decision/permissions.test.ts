import { describe, expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type Actor, ROLES, systemActor } from '@/lib/pipeline/actor'
import { type Action, actorMay, may, permissionsOf, requirePermission } from './permissions'

const CHANGES: Action[] = [
  'import',
  'triage',
  'propose',
  'decide',
  'manage-catalogue',
  'manage-sigma',
  'manage-accounts',
]
const key = (...keyScopes: ('ingest' | 'read' | 'export')[]): Actor => ({
  kind: 'key',
  keyId: '1',
  name: 'shipper',
  keyScopes,
  scope: { kind: 'all' },
})

describe('permissions', () => {
  test('a viewer reads and exports, and changes nothing', () => {
    expect(may('viewer', 'view') && may('viewer', 'export')).toBe(true)
    expect(CHANGES.filter((action) => may('viewer', action))).toEqual([])
  })
  test('a responder proposes and cannot decide; a manager decides', () => {
    expect(may('responder', 'propose')).toBe(true)
    expect(may('responder', 'decide')).toBe(false)
    expect(may('manager', 'decide')).toBe(true)
  })
  test('only an administrator manages accounts', () => {
    expect(ROLES.filter((role) => may(role, 'manage-accounts'))).toEqual(['admin'])
  })
  test('an ingest key sends and reads nothing', () => {
    expect(actorMay(key('ingest'), 'ingest')).toBe(true)
    expect(actorMay(key('ingest'), 'view')).toBe(false)
    expect(actorMay(key('read', 'export'), 'triage')).toBe(false)
  })
  test('an export key exports everything, the audit log too, which a read key does not', () => {
    expect(actorMay(key('export'), 'view-audit')).toBe(true)
    expect(actorMay(key('read'), 'view-audit')).toBe(false)
  })
  test('the audit log speaks of every host: who sees a part of them does not read it', () => {
    const manager = { kind: 'account', accountId: '1', email: 'm@x', name: 'M', role: 'manager' } as const
    const narrow: Actor = { ...manager, scope: { kind: 'groups', groupIds: [1] } }
    expect(actorMay({ ...manager, scope: { kind: 'all' } }, 'view-audit')).toBe(true)
    expect(actorMay(narrow, 'view-audit')).toBe(false)
    expect(actorMay(narrow, 'decide')).toBe(true)
    expect(() => requirePermission(narrow, 'view-audit')).toThrow('takes an account that sees all hosts')
  })
  test('who sees a part of the hosts cannot give themselves or a key the rest, whatever their role', () => {
    const admin = { kind: 'account', accountId: '1', email: 'a@x', name: 'A', role: 'admin' } as const
    const narrow: Actor = { ...admin, scope: { kind: 'groups', groupIds: [1] } }
    const managing = (actor: Actor) => permissionsOf(actor).filter((action) => action.startsWith('manage-'))
    expect(managing({ ...admin, scope: { kind: 'all' } })).toHaveLength(6)
    expect(managing(narrow)).toEqual([])
    expect(actorMay(narrow, 'decide')).toBe(true)
  })
  test('who is signed in is told that events are sent with a key', () => {
    const admin = { kind: 'account', accountId: '1', email: 'a@x', name: 'A', role: 'admin' } as const
    expect(() => requirePermission({ ...admin, scope: { kind: 'all' } }, 'ingest')).toThrow(
      new ExpectedError('forbidden', 'To send events takes an API key with the scope ingest.'),
    )
  })
  test('a refusal says which role could', () => {
    expect(() => requirePermission(systemActor('worker'), 'manage-accounts')).not.toThrow()
    expect(() => requirePermission(key('read'), 'export')).toThrow(
      new ExpectedError('forbidden', 'To export data takes a key with the scope export.'),
    )
  })
})
