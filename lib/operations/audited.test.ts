import { expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { createPool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { execute, rows, sql } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { audited } from './audited'
import { auditFaults, verifyAudit } from './verify-audit'

const ACTOR = systemActor('test')
const database = withTestDatabase()

const addGroup = (name: string) =>
  audited(
    ACTOR,
    (id: number) => ({
      action: 'group-added',
      subjectKind: 'host-group',
      subjectId: String(id),
      detail: { name, z: [1, null, { b: 0.1, a: 'ü\u0000' }] },
    }),
    async (tx) => (await tx.hostGroup.create({ data: { name } })).id,
  )

test('work that fails leaves neither its change nor an audit row', async () => {
  const failing = audited(ACTOR, { action: 'x', subjectKind: 'y', subjectId: 'z' }, async (tx) => {
    await tx.hostGroup.create({ data: { name: 'lost' } })
    throw new Error('interrupted')
  })
  await expect(failing).rejects.toThrow('interrupted')
  expect(await prisma().hostGroup.count()).toBe(0)
  expect(await prisma().auditEntry.count()).toBe(0)
})

test('operations at the same time form one intact chain', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, index) => addGroup(`group ${index}`)))
  expect(await prisma().hostGroup.count()).toBe(12)
  expect(await verifyAudit(ACTOR)).toMatchObject({ intact: true, entries: 12 })
})

test('a hash that was kept elsewhere has to be in the log still', async () => {
  const whole = await verifyAudit(ACTOR)
  const kept = whole.intact ? whole.head : ''
  expect(await verifyAudit(ACTOR, kept)).toMatchObject({ intact: true })
  expect(await verifyAudit(ACTOR, '00'.repeat(32))).toMatchObject({ intact: false, unknownHead: true })
  expect(await verifyAudit(ACTOR, 'not a hash')).toMatchObject({ intact: false, unknownHead: true })
})

test('rows removed at the end are found: the application cannot write the record of the end', async () => {
  const owner = createPool(database().url, 1)
  await execute(owner, sql`CREATE TABLE kept AS SELECT * FROM audit_entry ORDER BY id DESC LIMIT 2`)
  await execute(owner, sql`DELETE FROM audit_entry WHERE id IN (SELECT id FROM kept)`)
  expect(await verifyAudit(ACTOR)).toMatchObject({
    intact: false,
    entries: 10,
    missing: 2n,
    faults: [],
    otherEnd: true,
  })
  await execute(owner, sql`ALTER TABLE audit_entry DISABLE TRIGGER audit_head_follows`)
  await execute(owner, sql`INSERT INTO audit_entry SELECT * FROM kept`)
  await execute(owner, sql`ALTER TABLE audit_entry ENABLE TRIGGER audit_head_follows`)
  expect(await verifyAudit(ACTOR)).toMatchObject({ intact: true, entries: 12 })
  await owner.end()
})

test('the application’s role can change neither the log nor the record of its end', async () => {
  const app = createPool(database().appUrl, 1)
  for (const statement of [
    sql`UPDATE audit_entry SET actor_name = 'nobody'`,
    sql`DELETE FROM audit_entry`,
    sql`TRUNCATE audit_entry`,
    sql`UPDATE audit_head SET entries = 0`,
    sql`DELETE FROM audit_head`,
    sql`INSERT INTO audit_head (id, entry_id, entries, hash) VALUES (2, 0, 0, '')`,
  ])
    await expect(execute(app, statement)).rejects.toThrow(/permission denied/)
  await app.end()
})

test('a row changed or removed behind the application’s back is found', async () => {
  const owner = createPool(database().url, 1)
  const ids = (await rows<{ id: string }>(owner, sql`SELECT id FROM audit_entry ORDER BY id`)).map(
    ({ id }) => id,
  )
  const rename = (name: string) =>
    execute(owner, sql`UPDATE audit_entry SET actor_name = ${name} WHERE id = ${ids[5]}`)
  await rename('nobody')
  const changed = await verifyAudit(ACTOR)
  expect(changed).toMatchObject({
    faults: [{ kind: 'changed', entry: BigInt(ids[5] ?? ''), actor: 'nobody' }],
  })
  expect(auditFaults(changed)).toEqual([expect.stringContaining(`Entry ${ids[5]} was changed`)])
  await rename('\u001b[2K\r\nThe audit log is whole\u202e')
  const [fault] = auditFaults(await verifyAudit(ACTOR))
  expect(fault).toContain('[U+001B][2K[U+000D][U+000A]The audit log is whole[U+202E]')
  expect(fault).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  await rename('test')
  expect(await verifyAudit(ACTOR)).toMatchObject({ intact: true })
  await execute(owner, sql`DELETE FROM audit_entry WHERE id = ${ids[3]}`)
  expect(await verifyAudit(ACTOR)).toMatchObject({
    faults: [{ kind: 'unlinked', entry: BigInt(ids[4] ?? '') }],
    missing: 1n,
  })
  await owner.end()
})
