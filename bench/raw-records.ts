import { deflateRawSync } from 'node:zlib'
import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { gatherRawBlocks } from '@/lib/store/ingest/gather-raw-blocks'
import { closePool, pool } from '@/lib/store/pool'
import { print } from './measuring/print'
import { measuredOnce } from './measuring/processor-time'
import { winlogbeatLines } from './measuring/winlogbeat-lines'

/**
 * `npm run bench -- raw-records [hosts] [days]`: original records of proxy executions that arrive one by one, as shippers send them: their bytes before and after they
 * are gathered, what that costs, and as the limit each host's days deflated as one text.
 */
const [hosts = 20, days = 2] = process.argv.slice(2).map(Number)
const lines = winlogbeatLines(hosts, days, 100)
await ensureCatalogue(pool())
for (const line of lines) await importBytes(pool(), 'command-line', 'bench.ndjson', Buffer.from(line))
const before = await stored()
const gathering = await measuredOnce(pool(), async () => {
  while ((await gatherRawBlocks(pool(), '9999-12-31')) > 0);
})
const after = await stored()
await closePool()

print(`${before.records} original records of ${hosts} hosts and ${days} days, stored one by one`)
print(`as they came: ${each(before.bytes)} bytes a record and its row in ${before.blocks} blocks`)
print(`gathered: ${each(after.bytes)} in ${after.blocks} blocks, ${share(after.bytes)} of before`)
print(`the limit, each host's records of a day deflated as one text: ${each(limit())}`)
print(
  `gathering: ${each(gathering.own * 1000)} µs of our processor time and ${each(gathering.database * 1000)} of the database's a record`,
)

async function stored(): Promise<{ records: number; blocks: number; bytes: number }> {
  const { rows } = await pool().query(
    'SELECT sum(records)::int AS records, count(*)::int AS blocks, sum(pg_column_size(b.*) + 4)::int AS bytes FROM raw_block b',
  )
  return rows[0]
}

function each(amount: number): string {
  return (amount / before.records).toFixed(1)
}

function share(bytes: number): string {
  return `${Math.round((bytes / before.bytes) * 100)} %`
}

function limit(): number {
  const texts = new Map<string, string[]>()
  for (const line of lines) {
    const { '@timestamp': time, winlog } = JSON.parse(line)
    const key = `${winlog.computer_name} ${String(time).slice(0, 10)}`
    texts.set(key, [...(texts.get(key) ?? []), line])
  }
  return [...texts.values()].reduce((sum, text) => sum + deflateRawSync(text.join('\n')).length, 0)
}
