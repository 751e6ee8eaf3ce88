import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listMigrations, withClient, withDatabase } from './database.mjs'

const SERVER = process.env.TEST_TEMPLATE_DATABASE_URL ?? ''

/**
 * What is there after a migration, of what was there before it: an object for each row that is asked for.
 * @param {string} named its name ends so @param {string} filled statements @param {string} asked of several statements, the last one's are meant
 */
async function carried(named, filled, asked) {
  await withClient(withDatabase(SERVER, 'postgres'), (client) => client.query(`CREATE DATABASE ${named}`))
  return await withClient(withDatabase(SERVER, named), async (client) => {
    for (const { name, file } of listMigrations()) {
      if (name.endsWith(named)) await client.query(filled)
      await client.query(readFileSync(file, 'utf8'))
      if (name.endsWith(named)) return [await client.query(asked)].flat().at(-1)?.rows
    }
    throw new Error(`There is no migration ${named}.`)
  })
}

test('where a pattern was observed is said by its use, and nothing of what an incident distrusted', async () => {
  const days = await carried(
    'use_once',
    `INSERT INTO pattern (id, entry_id, pattern, shape) VALUES (5, 3, '<url> “ü”', '');
     INSERT INTO signature (id, entry_id, pattern_id, feature_ids, content, risk_millibits) VALUES (6, 3, 5, '{}', '{}', 0), (7, 3, NULL, '{}', '{}', 0);
     INSERT INTO usage (host_id, day, signature_id, principal_id, entry_id, hours, first_at, last_at, executions, score_millibits, risk_millibits,
       novelty_millibits, trusted, refused)
       SELECT host, day::date, kind, 0, 3, 1, day, day, 1, 0, 0, 0, false, false
       FROM (VALUES (1, '2026-01-05', 6), (1, '2026-01-06', 6), (1, '2026-01-06', 7), (2, '2026-01-06', 6)) AS u(host, on_day, kind)
         CROSS JOIN LATERAL (SELECT on_day::timestamptz AS day) d;
     -- hash64('value', the pattern)
     INSERT INTO pattern_day (entry_id, value_id, day, host_id) VALUES (3, 786820802257402081, '2026-01-05', 1), (3, 786820802257402081, '2026-01-06', 2)`,
    'SELECT host_id, day::text, signature_id::int AS kind, observed FROM usage ORDER BY 1, 2, 3',
  )
  expect(days).toEqual([
    { host_id: 1, day: '2026-01-05', kind: 6, observed: true },
    { host_id: 1, day: '2026-01-06', kind: 6, observed: false },
    { host_id: 1, day: '2026-01-06', kind: 7, observed: true },
    { host_id: 2, day: '2026-01-06', kind: 6, observed: true },
  ])
})

test('the room of what was written twice is used again soon, in months that are there and in new ones', async () => {
  const tidied = await carried(
    'room_is_used_again',
    "SELECT make_partition('execution', '2026-01-01')",
    `SELECT make_partition('execution', '2026-02-01');
     SELECT relname AS name FROM pg_class WHERE 'autovacuum_vacuum_scale_factor=0.05' = ANY(reloptions) AND relname ~ '^(execution|usage)' ORDER BY 1`,
  )
  expect(tidied).toEqual([{ name: 'execution_2026_01' }, { name: 'execution_2026_02' }, { name: 'usage' }])
})

test('use counts the executions that had its kind, under the account that the first record of a process names', async () => {
  const counted = await carried(
    'executions_once',
    `SELECT make_partition('execution', '2026-01-01');
     INSERT INTO execution (host_id, occurred_at, id, anchor_at, anchor_id, sensor, time_source, alias_id, entry_id, image_id, principal_id, signature_id, import_file_id)
       SELECT host, '2026-01-05 23:59:59Z'::timestamptz + id * interval '0.1 s', id, '2026-01-05 23:59:59Z'::timestamptz + anchor * interval '0.1 s', anchor, sensor, 0, 1, 3, 1,
         account, kind, 1
       FROM (VALUES (1, 1, 1, 0, 8, 6), (1, -2, -2, 0, 8, 6), (1, 3, 3, 0, NULL, 6), (1, 4, 3, 1, 9, NULL), (1, 5, 5, 0, NULL, 7), (1, 6, 6, 0, 8, NULL), (2, 1, 1, 0, 8, 6), (1, 12, 12, 0, 8, 6))
         AS e(host, id, anchor, sensor, account, kind);
     INSERT INTO usage (host_id, day, signature_id, principal_id, entry_id, hours, first_at, last_at, executions, score_millibits, risk_millibits,
       novelty_millibits, trusted, refused, observed)
       SELECT host, day::date, kind, account, 3, 1, day::date, day::date, 1, 0, 0, 0, false, false, true
       FROM (VALUES (1, '2026-01-05', 6, 8), (1, '2026-01-05', 6, 9), (1, '2026-01-05', 7, 0), (2, '2026-01-05', 6, 8), (1, '2026-01-06', 6, 8), (1, '2026-01-07', 6, 8))
         AS u(host, day, kind, account)`,
    `SELECT host_id, day::text, signature_id::int AS kind, principal_id::int AS account, encode(anchors, 'hex') AS anchors FROM usage ORDER BY 1, 2, 3, 4`,
  )
  const [one, three, five, twelve] = ['01', '03', '05', '0c'].map((id) => id.padStart(16, '0'))
  expect(counted).toEqual([
    { host_id: 1, day: '2026-01-05', kind: 6, account: 8, anchors: `${one}fffffffffffffffe` },
    { host_id: 1, day: '2026-01-05', kind: 6, account: 9, anchors: three },
    { host_id: 1, day: '2026-01-05', kind: 7, account: 0, anchors: five },
    { host_id: 1, day: '2026-01-06', kind: 6, account: 8, anchors: twelve },
    { host_id: 1, day: '2026-01-07', kind: 6, account: 8, anchors: '' },
    { host_id: 2, day: '2026-01-05', kind: 6, account: 8, anchors: one },
  ])
})

test('of imports before, hosts are known of which they brought executions, and that these are perhaps not all', async () => {
  const told = await carried(
    'import_hosts',
    `SELECT make_partition('execution', '2026-01-01');
     INSERT INTO upload (id, channel, name, state, actor_name)
       SELECT id::uuid, channel, 'log', 'done', 'Ada' FROM (VALUES ('00000000-0000-4000-8000-000000000001', 'browser'), ('00000000-0000-4000-8000-000000000002', 'shipper')) AS u(id, channel);
     INSERT INTO import_file (id, upload_id, path) VALUES (1, '00000000-0000-4000-8000-000000000001', 'a'), (2, '00000000-0000-4000-8000-000000000002', 'b');
     INSERT INTO execution (host_id, occurred_at, id, anchor_at, anchor_id, sensor, time_source, alias_id, entry_id, image_id, import_file_id)
       SELECT 1, '2026-01-05Z'::timestamptz + id * interval '1 day', id, '2026-01-05Z'::timestamptz + anchor * interval '1 day', anchor, 0, 0, alias, 3, 1, file
       FROM (VALUES (1, 1, 7, 1), (2, 1, 7, 1), (4, 4, 7, 1), (3, 3, 8, 1), (5, 5, 7, 2)) AS e(id, anchor, alias, file)`,
    `SELECT h.file_id, h.alias_id, (h.first_at AT TIME ZONE 'UTC')::date::text AS first, (h.last_at AT TIME ZONE 'UTC')::date::text AS last, h.kinds, h.executions,
       f.hosts_noted FROM import_host h JOIN import_file f ON f.id = h.file_id ORDER BY 1, 2`,
  )
  const file = { file_id: 1, kinds: 64, hosts_noted: false }
  expect(told).toEqual([
    { ...file, alias_id: 7, first: '2026-01-06', last: '2026-01-09', executions: 2 },
    { ...file, alias_id: 8, first: '2026-01-08', last: '2026-01-08', executions: 1 },
  ])
})
