/**
 * Where tables lie in a distributed PostgreSQL (Citus): facts, and what is derived of them, with their host; what many of them refer to on
 * every node; all else on the coordinator. A table that is not named here lies on the coordinator too, so what grows with hosts is named.
 */

/**
 * Rows of one host, on the node of that host: table → the column that says which. Command lines alone, which hosts share, lie by their own id.
 * @type {Readonly<Record<string, string>>}
 */
export const DISTRIBUTED = Object.freeze({
  ...byHost('execution', 'process', 'process_event', 'raw_block'),
  ...byHost('attempt', 'attempt_day', 'policy_state', 'telemetry', 'coverage'),
  ...byHost('usage', 'host_use', 'host_days', 'module_use', 'network_use', 'child_use'),
  ...byHost('host_value', 'deviation_hit', 'sigma_hit'),
  command_text: 'id',
})

/** On every node: dictionaries whose rows never change, known by the hash of what they say. */
export const REFERENCE = Object.freeze([
  'signature',
  'pattern',
  'feature_value',
  'image',
  'launch',
  'module',
  'destination',
  'principal',
])

/**
 * What makes a plain database a distributed one, in order; each statement may be run again.
 * @returns {string[]}
 */
export function distributionStatements() {
  const colocated = Object.entries(DISTRIBUTED)
  return [
    'CREATE EXTENSION IF NOT EXISTS citus',
    ...REFERENCE.map((table) => onceFor(table, `create_reference_table('public.${table}')`)),
    ...colocated.map(([table, column]) =>
      onceFor(
        table,
        `create_distributed_table('public.${table}', '${column}', colocate_with => '${column === 'host_id' && table !== 'execution' ? 'public.execution' : 'none'}')`,
      ),
    ),
  ]
}

/** @param {...string} tables @returns {Record<string, string>} */
function byHost(...tables) {
  return Object.fromEntries(tables.map((table) => [table, 'host_id']))
}

/** @param {string} table @param {string} call */
function onceFor(table, call) {
  return `SELECT ${call} WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'public.${table}'::regclass)`
}
