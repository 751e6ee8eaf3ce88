import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { refreshUse } from '@/lib/store/recompute/refresh-use'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { usageConditions } from './conditions'
import { countDaysOfUse } from './days-of-use'
import { parseExecutionRequest, toExecutionFilter } from './filter'
import { resolveFilter } from './resolve-filter'

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
  await pool().query(`
    INSERT INTO host (name) SELECT 'ws-' || n FROM generate_series(1, 4) n;
    INSERT INTO host_alias (alias, host_id) SELECT name, id FROM host;
    INSERT INTO host_group (name) VALUES ('Some');
    INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT h.id, g.id, '2020-01-01' FROM host h, host_group g WHERE h.id % 2 = 0;
    INSERT INTO principal (id, name) VALUES (1, 'CORP\\ada'), (2, 'CORP\\grace');
    INSERT INTO pattern (id, entry_id, pattern, shape) SELECT 5, id, '<dll>,Go', '' FROM catalogue_entry WHERE slug = 'rundll32.exe';
    INSERT INTO signature (id, entry_id, pattern_id, feature_ids, content, risk_millibits)
      SELECT n, c.id, CASE WHEN n = 7 THEN 5 END, '{}', CASE WHEN n = -7 THEN '{"hosted": "shell32.dll"}' ELSE '{}' END::jsonb, 0
      FROM catalogue_entry c JOIN (VALUES (7, 'rundll32.exe'), (-7, 'rundll32.exe'), (9, 'certutil.exe')) k(n, slug) ON k.slug = c.slug;
    INSERT INTO usage (host_id, day, signature_id, principal_id, entry_id, hours, first_at, last_at, executions, score_millibits, risk_millibits,
        novelty_millibits, trusted, refused, observed, anchors)
      SELECT h.id, day, s.id, p.id, s.entry_id, 1, day, day, h.id + abs(s.id) * p.id, 0, 0, 0, true, false, true, ''
      FROM host h, signature s, principal p, generate_series('2026-01-30'::date, '2026-02-03', '1 day') day WHERE (h.id + s.id + p.id + extract(day FROM day)::int) % 3 > 0;
    INSERT INTO use_stale (host_id) SELECT id FROM host`)
  await refreshUse(pool())
})

const ASKED: Record<string, string>[] = [
  { user: 'ada' },
  { user: 'nobody' },
  { host: 'ws-2' },
  { group: 'Some', user: 'grace' },
  { host: 'ws-', binary: 'certutil.exe' },
  { binary: 'shell32.dll', user: 'ada' },
  { pattern: 'Go', host: 'ws-3' },
  { signature: '-7', user: 'grace', from: '2026-01-31', to: '2026-02-01' },
]

test('days of packed use count the same as the rows of usage that they were packed from, for every reader', async () => {
  const scopes: Scope[] = [{ kind: 'all' }, { kind: 'groups', groupIds: [1] }]
  for (const params of ASKED)
    for (const scope of scopes) {
      const request = parseExecutionRequest({ days: 'all', ...params })
      const filter = await resolveFilter(scope, toExecutionFilter(request, null))
      const counted = await rows<{ day: string; executions: number }>(
        pool(),
        sql`SELECT u.day, sum(u.executions)::int AS executions FROM usage u WHERE true ${inScope(scope, sql`u.host_id`)} ${usageConditions(filter)}
            GROUP BY u.day ORDER BY u.day`,
      )
      expect(await countDaysOfUse(scope, filter), JSON.stringify(params)).toEqual(counted)
    }
})
