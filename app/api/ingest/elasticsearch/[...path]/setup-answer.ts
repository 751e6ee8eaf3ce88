const NEVER = 4_102_444_799_999
const LICENSE = {
  license: {
    status: 'active',
    uid: '00000000-0000-0000-0000-000000000000',
    type: 'basic',
    issue_date_in_millis: 0,
    expiry_date_in_millis: NEVER,
  },
}
const HEALTH = {
  cluster_name: 'cordon',
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_primary_shards: 1,
  active_shards: 1,
}

/** What shippers set up or look up: policies, templates, pipelines, aliases, nodes. Empty, and whatever they put is as good as there. */
const EMPTY = [
  '_ilm',
  '_index_template',
  '_component_template',
  '_template',
  '_ingest',
  '_nodes',
  '_alias',
  '_data_stream',
]

/** The answer to a question about an Elasticsearch cluster; null for one that no shipper asks. */
export function setupAnswer([first = '', second]: readonly string[]): string | null {
  if (first === '_license') return JSON.stringify(LICENSE)
  if (first === '_xpack') return JSON.stringify({ ...LICENSE, features: {} })
  if (first === '_cluster' && second === 'health') return JSON.stringify(HEALTH)
  if (first === '_cat' && second === 'health') return '0 00:00:00 cordon green 1 1 1 1 0 0 0 0 - 100.0%\n'
  return EMPTY.includes(first) ? '{}' : null
}
