import { beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { withTestDatabase } from '@/lib/store/test-database'
import { addCatalogueEntries } from './add-catalogue-entries'
import type { CatalogueDraft } from './catalogue-draft'
import { changeCatalogueEntry, type EntryChange } from './change-catalogue-entry'
import { ingestExamples } from './ingest/example-use'
import { recompute } from './recompute/recompute'
import { rematchCatalogue } from './rematch-catalogue'
import { runJobs } from './run-jobs'

const admin = systemActor('test')

const TOOL: CatalogueDraft = {
  name: 'Vendortool.exe',
  kind: 'binary',
  tier: 'baseline',
  platform: 'windows',
  originalFileNames: ['vendortool.exe'],
  paths: ['C:\\Program Files\\Vendor\\Vendortool.exe'],
  description: 'Runs what it is told.',
  legitimateUse: null,
  functions: ['Execute'],
  attack: ['T1218'],
  countermeasures: [],
}
const at = (day: number, hour = 10) => `2026-01-0${day}T${hour}:00:00Z`
const VENDOR = 'C:\\Program Files\\Vendor\\vendortool.exe'

withTestDatabase()
beforeAll(async () => {
  await ingestExamples(pool(), [
    { host: 'ws-1', at: at(5), image: VENDOR, commandLine: 'vendortool.exe /run a.xml' },
    { host: 'ws-1', at: at(5), image: VENDOR, commandLine: 'vendortool.exe /run a.xml', sensor: 'security' },
    {
      host: 'ws-2',
      at: at(6),
      image: 'C:\\Users\\Public\\help.exe',
      originalFileName: 'VendorTool.exe',
      commandLine: 'help.exe /run b.xml',
    },
    { host: 'ws-2', at: at(7), image: 'C:\\Windows\\notepad.exe', commandLine: 'notepad vendortool.exe' },
    { host: 'ws-3', at: at(5), image: 'C:\\Windows\\System32\\mshta.exe', commandLine: 'mshta.exe a.hta' },
  ])
  await recompute(pool())
})

async function change(slug: string, how: EntryChange) {
  const { updatedAt } = await prisma().catalogueEntry.findUniqueOrThrow({ where: { slug } })
  await changeCatalogueEntry(admin, { slug, updatedAtMs: updatedAt.getTime() }, how)
  return await work()
}

/** The worker's turn; answers what the last job did. */
async function work(): Promise<unknown> {
  expect(await runJobs(pool())).toBe(1)
  await recompute(pool())
  const { rows } = await pool().query('SELECT state, result FROM job ORDER BY id DESC LIMIT 1')
  expect(rows[0].state).toBe('done')
  return rows[0].result
}

/** Host, day and executions of an entry's usage. */
async function usageOf(slug: string): Promise<unknown[]> {
  const { rows } = await pool().query(
    `SELECT h.name, u.day, sum(u.executions)::int AS executions FROM usage u JOIN host h ON h.id = u.host_id
     JOIN catalogue_entry c ON c.id = u.entry_id WHERE c.slug = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [slug],
  )
  return rows.map(Object.values)
}

describe('adding an entry', () => {
  test('makes its past executions appear, renamed ones too, each process once', async () => {
    await addCatalogueEntries(admin, { origin: 'admin', drafts: [TOOL] })
    expect(await work()).toEqual({ executions: 2, hosts: 0 })
    expect(await usageOf('vendortool.exe')).toEqual([
      ['ws-1', '2026-01-05', 1],
      ['ws-2', '2026-01-06', 1],
    ])
  })
  test('twice is refused, and matching again changes nothing', async () => {
    await expect(addCatalogueEntries(admin, { origin: 'admin', drafts: [TOOL] })).rejects.toMatchObject({
      code: 'conflict',
    })
    const { id } = await prisma().catalogueEntry.findUniqueOrThrow({ where: { slug: 'vendortool.exe' } })
    expect(await rematchCatalogue(pool(), [id])).toEqual({ executions: 0, hosts: 2 })
  })
  test('takes an administrator', async () => {
    const key = { kind: 'key', keyId: '1', name: 'k', keyScopes: ['read'], scope: { kind: 'all' } } as const
    await expect(addCatalogueEntries(key, { origin: 'admin', drafts: [TOOL] })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('retiring an entry', () => {
  test('takes its executions out of use, and restoring brings them back as they were', async () => {
    const before = await usageOf('mshta.exe')
    expect(before).toEqual([['ws-3', '2026-01-05', 1]])
    expect(await change('mshta.exe', { kind: 'retire' })).toEqual({ executions: 0, hosts: 1 })
    expect(await usageOf('mshta.exe')).toEqual([])
    await change('mshta.exe', { kind: 'restore' })
    expect(await usageOf('mshta.exe')).toEqual(before)
  })
  test('what ran while it was retired appears when it is restored', async () => {
    await change('mshta.exe', { kind: 'retire' })
    await ingestExamples(pool(), [
      { host: 'ws-3', at: at(8), image: 'C:\\Windows\\System32\\mshta.exe', commandLine: 'mshta.exe b.hta' },
    ])
    await recompute(pool())
    expect(await change('mshta.exe', { kind: 'restore' })).toMatchObject({ executions: 1 })
    expect(await usageOf('mshta.exe')).toEqual([
      ['ws-3', '2026-01-05', 1],
      ['ws-3', '2026-01-08', 1],
    ])
  })
})

describe('matching again', () => {
  test('is done once the worker is back when it died over it', async () => {
    await addCatalogueEntries(admin, { origin: 'admin', drafts: [{ ...TOOL, name: 'Other.exe' }] })
    await pool().query("UPDATE job SET state = 'running', started_at = now() WHERE state = 'queued'")
    await work()
  })
  test('that fails is said so, and lets the next one run', async () => {
    await pool().query(
      `INSERT INTO job (kind, argument, title, actor_name) VALUES ('rematch', '{"entryIds": 5}', 'broken', 'test')`,
    )
    await addCatalogueEntries(admin, { origin: 'admin', drafts: [{ ...TOOL, name: 'Third.exe' }] })
    expect(await runJobs(pool())).toBe(2)
    const { rows } = await pool().query(
      'SELECT state, error IS NOT NULL AS said FROM job ORDER BY id DESC LIMIT 2',
    )
    expect(rows).toEqual([
      { state: 'done', said: false },
      { state: 'failed', said: true },
    ])
  })
})

describe('changing an entry', () => {
  test('an optional one counts once it is turned on, and no longer once it is off', async () => {
    await addCatalogueEntries(admin, {
      origin: 'lolbas',
      drafts: [{ ...TOOL, name: 'notepad.exe', tier: 'optional', originalFileNames: [] }],
    })
    await work()
    expect(await usageOf('notepad.exe')).toEqual([])
    await change('notepad.exe', { kind: 'turn-on' })
    expect(await usageOf('notepad.exe')).toEqual([['ws-2', '2026-01-07', 1]])
    await change('notepad.exe', { kind: 'turn-off' })
    expect(await usageOf('notepad.exe')).toEqual([])
  })
  test('keeps every value it had, with the time it was in force, without gaps', async () => {
    const { id } = await prisma().catalogueEntry.findUniqueOrThrow({ where: { slug: 'notepad.exe' } })
    const revisions = await prisma().catalogueRevision.findMany({
      where: { entryId: id },
      orderBy: { id: 'asc' },
    })
    expect(revisions.map(({ values }) => (values as { enabled: boolean }).enabled)).toEqual([
      false,
      true,
      false,
    ])
    expect(revisions.map(({ validTo }) => validTo)).toEqual([
      ...revisions.slice(1).map(({ validFrom }) => validFrom),
      null,
    ])
  })
  test('one that was changed meanwhile is left as it is', async () => {
    const { name: _name, ...values } = TOOL
    const stale = { slug: 'vendortool.exe', updatedAtMs: 0 }
    await expect(changeCatalogueEntry(admin, stale, { kind: 'edit', values })).rejects.toMatchObject({
      code: 'conflict',
    })
    await change('vendortool.exe', { kind: 'edit', values: { ...values, description: 'Another.' } })
    expect(await prisma().catalogueEntry.findUnique({ where: { slug: 'vendortool.exe' } })).toMatchObject({
      description: 'Another.',
      name: 'Vendortool.exe',
    })
  })
})
