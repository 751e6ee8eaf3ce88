import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inOrder, listTables } from './backup-tables.mjs'
import { listMigrations, withClient, withDatabase } from './database.mjs'
import { MIGRATION_TABLE } from './read-backup.mjs'
import { restoreDatabase } from './restore-database.mjs'
import { databaseOfTests } from './throwaway-database.mjs'
import { writeBackup } from './write-backup.mjs'

const NOW = new Date('2026-01-31T12:00:00Z')
const HOSTILE = 'a\tb\\N\n\\.\r"\'\u202e</script>'

/** @type {string} */
let folder
/** @type {string} */
let url
/** @type {(of: string) => string} */
let appUrl
/** @type {string} */
let file

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-backup-'))
  ;({ url, appUrl } = await databaseOfTests('backed_up'))
  await withClient(url, async (client) => {
    await client.query('INSERT INTO host (name) VALUES ($1)', [HOSTILE])
    await client.query("SELECT make_partition('execution', '2026-01-01')")
    await client.query("SELECT make_partition('process', '2025-11-01')")
    await client.query(
      "INSERT INTO process (host_id, occurred_at, id, sensor, alias_id, image_id) VALUES (1, '2025-11-05 10:00:00.123456Z', 7, 1, 1, -9)",
    )
    await client.query('INSERT INTO api_key (name, prefix, hash, scopes) VALUES ($1, $2, $3, $4)', [
      HOSTILE,
      'p',
      'h',
      ['ingest', 'read'],
    ])
  })
  file = path.join(folder, 'backup.tar.gz')
  await writeBackup(url, file, { version: '1', now: NOW })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every table's content as one text. @param {string} of */
function contentOf(of) {
  return withClient(of, async (client) => {
    /** @type {Record<string, unknown>} */
    const content = {}
    for (const { name } of await listTables(client)) {
      const { rows } = await client.query(
        `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS text FROM ${client.escapeIdentifier(name)} t`,
      )
      content[name] = rows[0].text
    }
    return content
  })
}

/** @param {string} of @param {string} query @returns {Promise<any[]>} */
function ask(of, query) {
  return withClient(of, async (client) => (await client.query(query)).rows)
}

describe('a backup', () => {
  test('restored gives every table as it was, its partitions and its next ids', async () => {
    const target = withDatabase(url, 'restored')
    expect(await restoreDatabase(target, file, { now: NOW })).toMatchObject({ version: '1', keptAs: null })
    expect(await contentOf(target)).toEqual(await contentOf(url))
    const partitions =
      "SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind = 'r' ORDER BY 1"
    expect(await ask(target, partitions)).toEqual(await ask(url, partitions))
    const sequences = 'SELECT sequencename, last_value FROM pg_sequences ORDER BY 1'
    expect(await ask(target, sequences)).toEqual(await ask(url, sequences))
    expect(await ask(target, "INSERT INTO host (name) VALUES ('next') RETURNING id")).toEqual([{ id: 2 }])
  })

  test('keeps what was there before it under another name', async () => {
    const target = withDatabase(url, 'second')
    await restoreDatabase(target, file, { now: NOW })
    await ask(target, "INSERT INTO host (name) VALUES ('of later')")
    const { keptAs } = await restoreDatabase(target, file, { now: NOW })
    expect(keptAs).toBe('second_before_20260131120000')
    expect(
      await ask(withDatabase(url, keptAs ?? ''), "SELECT name FROM host WHERE name = 'of later'"),
    ).toHaveLength(1)
    expect(await ask(target, 'SELECT name FROM host')).toEqual([{ name: HOSTILE }])
  })

  test('leaves the application its rights, and the audit log append-only', async () => {
    const target = withDatabase(url, 'rights')
    await restoreDatabase(target, file, { now: NOW })
    const app = appUrl(target)
    expect(await ask(app, 'SELECT count(*)::int AS hosts FROM host')).toEqual([{ hosts: 1 }])
    await expect(ask(app, 'DELETE FROM audit_entry')).rejects.toThrow(/permission denied/)
  })

  describe('that is damaged', () => {
    /** @type {string} */
    let target
    beforeAll(async () => {
      target = withDatabase(url, 'untouched')
      await restoreDatabase(target, file, { now: NOW })
    })

    test.each([
      ['cut off', (/** @type {string} */ copy) => truncateSync(copy, Math.floor(statSync(copy).size / 2))],
      [
        'cut off within a table',
        (/** @type {string} */ copy) => {
          const whole = gunzipSync(readFileSync(copy))
          writeFileSync(copy, gzipSync(whole.subarray(0, whole.indexOf('ingest') + 3)))
        },
      ],
      ['of another kind', (/** @type {string} */ copy) => writeFileSync(copy, 'hello')],
      [
        'changed',
        (/** @type {string} */ copy) =>
          writeFileSync(copy, gzipSync(replaced(gunzipSync(readFileSync(copy)), 'ingest', 'ingesT'))),
      ],
    ])('and %s changes nothing', async (_what, damage) => {
      const copy = path.join(folder, 'damaged.tar.gz')
      copyFileSync(file, copy)
      damage(copy)
      await expect(restoreDatabase(target, copy, { now: NOW })).rejects.toThrow(/othing was restored/)
      expect(await ask(target, 'SELECT name FROM host')).toEqual([{ name: HOSTILE }])
      expect(
        await ask(
          withDatabase(url, 'postgres'),
          "SELECT datname FROM pg_database WHERE datname LIKE '%restoring'",
        ),
      ).toEqual([])
    })
  })

  test.each([
    { what: 'long headers', reason: /it has long headers/, member: { name: 'p', type: 'x', size: 12 } },
    {
      what: 'a member that no backup has',
      reason: /"other.json" is not expected/,
      member: { name: 'other.json', type: '0', size: 2 },
    },
    // its size is enough: nothing of it is read
    {
      what: 'a manifest that takes all memory',
      reason: /"manifest.json" is larger/,
      member: { name: 'manifest.json', type: '0', size: 2 ** 32 },
    },
  ])('with $what is refused with that reason', async ({ reason, member }) => {
    const hostile = path.join(folder, 'hostile.tar.gz')
    const content = Buffer.alloc(512)
    content.write('12 path=abc\n')
    writeFileSync(hostile, gzipSync(Buffer.concat([tarHeader(member), content, Buffer.alloc(1024)])))
    await expect(restoreDatabase(withDatabase(url, 'hostile'), hostile, { now: NOW })).rejects.toThrow(reason)
  })

  test('of the first release comes back in the schema of this one, with what it held', async () => {
    const first = withDatabase(url, 'first_release')
    const target = withDatabase(url, 'updated')
    await withClient(withDatabase(url, 'postgres'), (client) => client.query('CREATE DATABASE first_release'))
    await withClient(first, async (client) => {
      const [oldest] = listMigrations()
      if (oldest === undefined) throw new Error('no migration')
      await client.query(MIGRATION_TABLE)
      await client.query(readFileSync(oldest.file, 'utf8'))
      await client.query(
        'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
        ['first', oldest.checksum, oldest.name],
      )
      await client.query("INSERT INTO host (name) VALUES ('of then')")
      await client.query(`
        SELECT make_partition('execution', '2025-11-01'), make_partition('process', '2025-11-01');
        INSERT INTO process (host_id, occurred_at, id, sensor, alias_id, image_id, pid, process_guid, parent_guid, parent_image, command_line)
          SELECT 1, '2025-11-05 10:00:00.123456Z', id, 0, 1, -9, id, guid, '5f3c0e1a-0000-1111-2222-333344445555', 'C:\\Windows\\explorer.exe', line
          FROM (VALUES (7, '5f3c0e1a-0000-1111-2222-333344445556', 'mshta a.hta'), (8, 'aid:1234567890ab', 'cmd')) AS p(id, guid, line);
        INSERT INTO execution (host_id, occurred_at, id, sensor, alias_id, image_id, pid, process_guid, parent_guid, parent_image, command_line,
            anchor_at, anchor_id, time_source, entry_id, integrity_level, parent_command_line, import_file_id)
          SELECT host_id, occurred_at, id, sensor, alias_id, image_id, pid, process_guid, parent_guid, parent_image, command_line,
            occurred_at, id, 0, 3, 'high', 'explorer', 1 FROM process WHERE id = 7`)
    })
    const old = path.join(folder, 'first.tar.gz')
    await writeBackup(first, old, { version: '0', now: NOW })
    await restoreDatabase(target, old, { now: NOW })
    expect(await withClient(target, listTables)).toEqual(await withClient(url, listTables))
    expect(await ask(target, 'SELECT name FROM host')).toEqual([{ name: 'of then' }])
    const parent = { guid: '5f3c0e1a-0000-1111-2222-333344445555', image: 'C:\\Windows\\explorer.exe' }
    expect(
      await ask(
        target,
        `SELECT id, guid_text(process_guid) AS guid, command_line AS line, is_execution,
           jsonb_build_object('guid', guid_text(parent_guid), 'image', parent_image) AS parent FROM creation ORDER BY id`,
      ),
    ).toEqual([
      {
        id: '7',
        guid: '5f3c0e1a-0000-1111-2222-333344445556',
        line: 'mshta a.hta',
        is_execution: true,
        parent,
      },
      { id: '8', guid: 'aid:1234567890ab', line: 'cmd', is_execution: false, parent },
    ])
    expect(
      await ask(
        target,
        `SELECT e.parent_command_line, l.integrity_level, (SELECT count(*)::int FROM process) AS others
         FROM execution_with_texts e JOIN launch l ON l.id = e.launch_id`,
      ),
    ).toEqual([{ parent_command_line: 'explorer', integrity_level: 'high', others: 1 }])
  })

  test('that fails half-way leaves no file', async () => {
    const target = path.join(folder, 'none.tar.gz')
    await expect(
      writeBackup(withDatabase(url, 'missing'), target, { version: '1', now: NOW }),
    ).rejects.toThrow()
    expect(existsSync(target) || existsSync(`${target}.unfinished`)).toBe(false)
  })
})

test('a table comes after those it refers to', () => {
  const tables = ['a', 'b', 'c'].map((name) => ({ name, columns: [] }))
  expect(
    inOrder(tables, [
      ['a', 'b'],
      ['b', 'c'],
    ]).map(({ name }) => name),
  ).toEqual(['c', 'b', 'a'])
  expect(() =>
    inOrder(tables, [
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ).toThrow('circle')
})

/** @param {{ name: string, type: string, size: number }} header */
function tarHeader({ name, type, size }) {
  const block = Buffer.alloc(512)
  block.write(name, 0)
  block.write(size.toString(8).padStart(11, '0'), 124)
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write('ustar\u000000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** @param {Buffer} bytes @param {string} from @param {string} to */
function replaced(bytes, from, to) {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
}
