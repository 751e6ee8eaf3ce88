import { hash64 } from '@/lib/pipeline/hash'
import type { FoundFile } from './file-source'
import type { ImportOptions } from './import-arguments'

type Said = Pick<ImportOptions, 'host' | 'dateOrder' | 'format'>

/** What a command is known by when it is given again. An order of dates that it leaves out takes no part: what was stopped before there was any goes on. */
export function commandFingerprint({ host, dateOrder, format }: Said, files: readonly FoundFile[]): string {
  const content = files.map(({ path, sizeBytes, changedMs }) => [path, sizeBytes, changedMs])
  const said = dateOrder === null ? [] : [dateOrder]
  return hash64('command-line', JSON.stringify([process.cwd(), host, format, content, ...said]))
}
