import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pieces } from '@/fixtures/pieces'
import { detectFormat } from '@/lib/pipeline/parse/detect-format'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { toEvent } from './to-event'

const FIXTURES = path.resolve('fixtures')
const FOLDERS = ['json', 'csv', 'xml', 'splunk', 'event-viewer', 'syslog', 'texts']

const files = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(FIXTURES, folder)).map((name) => `${folder}/${name}`),
).filter((file) => !file.endsWith('.expected.json'))

/** What becomes of each item of a file. */
async function eventsOf(file: string): Promise<unknown[]> {
  // Event Viewer's tables name no host
  const defaultHost = file.startsWith('event-viewer/') ? 'WS01' : null
  const bytes = readFileSync(path.join(FIXTURES, file))
  const results: unknown[] = []
  for await (const item of parseFile(detectFormat(bytes), pieces(bytes))) {
    const result = item.kind === 'record' ? toEvent(item.record, { defaultHost }) : item
    results.push(result.kind === 'rejection' ? { rejection: result.rejection } : result.event)
  }
  return results
}

test.each(files)('%s gives its expected events and rejections', async (file) => {
  const printed = `${JSON.stringify(await eventsOf(file), null, 2)}\n`
  await expect(printed).toMatchFileSnapshot(
    path.join(FIXTURES, `${file.replace(/\.\w+$/, '')}.expected.json`),
  )
})
