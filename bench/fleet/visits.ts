import type { Pool } from '@/lib/store/pool'

/** A page and the addresses that people open it at. */
export type Visit = { page: string; paths: string[] }

/** What there is to open. */
async function findSubjects(pool: Pool) {
  const one = async (query: string): Promise<string[]> => {
    const { rows } = await pool.query<{ value: string }>(query)
    return rows.map(({ value }) => String(value))
  }
  const busiest = await one(
    'SELECT c.slug AS value FROM use_day u JOIN catalogue_entry c ON c.id = u.entry_id GROUP BY c.slug ORDER BY sum(u.executions) DESC LIMIT 6',
  )
  const rare = await one(
    'SELECT c.slug AS value FROM use_day u JOIN catalogue_entry c ON c.id = u.entry_id GROUP BY c.slug ORDER BY sum(u.executions), 1 LIMIT 3',
  )
  const hosts = await one('SELECT id AS value FROM host ORDER BY md5(name) LIMIT 6')
  const deviations = await one(
    "SELECT d.id AS value FROM deviation d JOIN deviation_hit h ON h.deviation_id = d.id WHERE d.state = 'open' GROUP BY d.id ORDER BY max(h.score_millibits) DESC, d.id LIMIT 6",
  )
  const seen = await one(
    'SELECT deviation_id AS value FROM deviation_hit GROUP BY 1 ORDER BY count(*) DESC LIMIT 2',
  )
  // a draft is its author's alone
  const decisions = await one("SELECT id AS value FROM decision WHERE state <> 'draft' ORDER BY id LIMIT 6")
  const uploads = await one('SELECT id AS value FROM upload ORDER BY created_at LIMIT 2')
  const keys = await one(
    `SELECT host_id || '/' || (extract(epoch FROM occurred_at) * 1000000)::bigint || '/' || id AS value FROM execution
     WHERE anchor_id = id ORDER BY occurred_at DESC LIMIT 4`,
  )
  const hashes = await one('SELECT sha256 AS value FROM image WHERE sha256 IS NOT NULL ORDER BY id LIMIT 1')
  const guids = await one(
    'SELECT guid_text(process_guid) AS value FROM execution WHERE process_guid IS NOT NULL ORDER BY occurred_at LIMIT 1',
  )
  const parents = await one(
    'SELECT v.value FROM (SELECT feature_ids[3] AS id, sum(u.executions) AS executions FROM use_day u JOIN signature s ON s.id = u.signature_id GROUP BY 1) p JOIN feature_value v ON v.id = p.id ORDER BY p.executions DESC LIMIT 2',
  )
  return { busiest, rare, hosts, deviations, seen, decisions, uploads, keys, hashes, guids, parents }
}

/** What ten people open in a day's work: each page at one to six addresses. */
export async function listVisits(pool: Pool): Promise<Visit[]> {
  const { busiest, rare, hosts, deviations, seen, decisions, uploads, keys, hashes, guids, parents } =
    await findSubjects(pool)
  const first = busiest[0] ?? ''
  const except = parents.map((parent) => `&except=${encodeURIComponent(`parent:${parent}`)}`).join('')
  return [
    { page: 'overview', paths: ['/'] },
    {
      page: 'deviations',
      paths: [
        '/deviations',
        `/deviations?binary=${first}`,
        '/deviations?state=all&page=3',
        '/deviations?q=harbor',
        '/deviations?below=1&size=100',
      ],
    },
    { page: 'a deviation', paths: [...deviations, ...seen].map((id) => `/deviations/${id}`) },
    { page: 'binaries', paths: ['/binaries', '/binaries?days=7'] },
    { page: 'the busiest binary', paths: [`/binaries/${first}`, `/binaries/${first}?days=7`] },
    { page: 'a binary', paths: [...busiest.slice(1), ...rare].map((slug) => `/binaries/${slug}`) },
    { page: 'what-if', paths: [`/binaries/${first}?effect=execution&control=edr${except}`] },
    { page: 'hosts', paths: ['/hosts', '/hosts?page=20', '/hosts?q=ws-0'] },
    { page: 'a host', paths: hosts.map((id) => `/hosts/${id}`) },
    {
      page: 'executions',
      paths: [
        '/executions',
        `/executions?binary=${first}`,
        '/executions?days=all',
        `/executions?binary=${rare[0]}`,
      ],
    },
    {
      page: 'executions, text',
      paths: ['203.0.113.7', 'harbor', hashes[0], guids[0], '"\\Users\\Public"', 'javascript:'].map(
        (text) => `/executions?days=all&q=${encodeURIComponent(text ?? '')}`,
      ),
    },
    {
      page: 'executions, filters',
      paths: [
        'parent=explorer.exe',
        'parent=explorer.exe&score=16',
        'user=adm-keller',
        'score=12',
        'host=ws-0',
      ].map((filter) => `/executions?days=all&${filter}`),
    },
    { page: 'an execution', paths: keys.map((key) => `/executions/${key}`) },
    { page: 'attempts', paths: ['/attempts', `/attempts?binary=${first}`] },
    { page: 'decisions', paths: ['/decisions', '/decisions/never-seen'] },
    { page: 'a decision', paths: decisions.map((id) => `/decisions/${id}`) },
    { page: 'a new decision', paths: [`/decisions/new?binary=${first}`] },
    {
      page: 'reports',
      paths: ['/reports', '/reports/cm0091', '/reports/week', `/reports/binary?binary=${first}`],
    },
    { page: 'imports', paths: ['/imports', ...uploads.map((id) => `/imports/${id}`)] },
    { page: 'policies', paths: ['/policies', '/policies/app-control'] },
    { page: 'audit', paths: ['/audit'] },
  ]
}
