import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'
import { CATALOGUE } from './catalogue'
import { buildMatcher, isProxy } from './match'

const DATA = '../shared/data'
/** The optional entries that the manifest counts beside the baseline tier. */
const COUNTED_OPTIONAL: ReadonlySet<string> = new Set([
  'dnscmd.exe',
  'esentutl.exe',
  'makecab.exe',
  'mpcmdrun.exe',
  'netsh.exe',
])

const matcher = buildMatcher(CATALOGUE)

const manifestSchema = z.object({
  entries: z.array(
    z.object({ file: z.string(), format: z.string(), proxy_executions: z.record(z.string(), z.number()) }),
  ),
})

function objectAt(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function textAt(fields: JsonObject, key: string): string | null {
  const value = fields[key]
  return typeof value === 'string' ? value : null
}

/** Image and original name of a process creation (Sysmon 1, Security 4688). */
function identityIn(fields: JsonObject) {
  const data = objectAt(fields['EventData'])
  const id = textAt(objectAt(fields['System']), 'EventID')
  const key = id === '1' ? 'Image' : id === '4688' ? 'NewProcessName' : null
  const image = key === null ? null : textAt(data, key)
  return image === null ? null : { image, originalFileName: textAt(data, 'OriginalFileName'), hosted: null }
}

/** Slugs of the proxy executions in one event log, one for each record. */
async function* proxyExecutions(file: string): AsyncGenerator<string> {
  for await (const item of parseEvtx(createReadStream(`${DATA}/${file}`))) {
    const identity = item.kind === 'record' ? identityIn(item.record.fields) : null
    const entry = identity && matcher.match(identity)?.entry
    if (entry && isProxy(entry, COUNTED_OPTIONAL)) yield entry.slug
  }
}

describe.skipIf(!existsSync(`${DATA}/manifest.json`))('real event logs', () => {
  test('every file counts the proxy executions that its manifest states', async () => {
    const { entries } = manifestSchema.parse(JSON.parse(readFileSync(`${DATA}/manifest.json`, 'utf8')))
    for (const { file, proxy_executions } of entries.filter((entry) => entry.format === 'evtx')) {
      const counts: Record<string, number> = {}
      for await (const slug of proxyExecutions(file)) counts[slug] = (counts[slug] ?? 0) + 1
      expect({ file, counts }).toEqual({ file, counts: proxy_executions })
    }
  }, 60_000)
})
