import { loadCatalogue, type StoredEntry } from '@/lib/store/catalogue'
import { closeImportFile, createUpload, openImportFile, REMATCHED } from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import {
  keepMatches,
  listUnmatchedProcesses,
  openMatches,
  queueHostsOf,
  type RematchNames,
  storeMatches,
} from '@/lib/store/rematch'
import { type Db, transaction } from '@/lib/store/sql'
import { loadRecogniser } from './ingest/load-recogniser'
import type { Recogniser } from './ingest/recogniser'

type Rematched = {
  /** Past executions that appeared. */
  executions: number
  /** Hosts whose past executions come into use again, or leave it. */
  hosts: number
}

/** Builds that ship under the entry's name with a processor's suffix: bginfo64.exe. */
const SUFFIXES = ['32', '64', '64a']

/**
 * Brings stored processes in line with the catalogue after entries were added, turned on, edited, retired or turned off.
 * What entries now recognise becomes executions; what is no longer counted keeps its executions and leaves usage when its hosts are
 * re-computed, so that bringing an entry back loses nothing. Doing it twice changes nothing. `onProgress`: processes looked at so far.
 */
export async function rematchCatalogue(
  pool: Pool,
  entryIds: readonly number[],
  onProgress: (processes: number) => Promise<void> = async () => undefined,
): Promise<Rematched> {
  const wanted = new Set(entryIds)
  const entries = (await loadCatalogue(pool)).filter(({ id }) => wanted.has(id))
  const recognise = await loadRecogniser(pool)
  return await transaction(pool, async (client) => {
    let hosts = 0
    for (const { id } of entries) hosts += await queueHostsOf(client, id)
    await openMatches(client)
    const found = await collectMatches(client, namesOf(entries), recognise, onProgress)
    if (found === 0) return { executions: 0, hosts }
    const executions = await storeMatches(client, await openSource(client, entries))
    return { executions, hosts }
  })
}

function namesOf(entries: readonly StoredEntry[]): RematchNames {
  const files = entries.flatMap(({ slug, originalFileNames }) => {
    const stem = slug.replace(/\.exe$/, '')
    return [slug, ...originalFileNames, ...SUFFIXES.map((suffix) => `${stem}${suffix}.exe`)]
  })
  const hosted = entries.filter(({ kind }) => kind !== 'binary').map(({ slug }) => slug.replace(/\.dll$/, ''))
  return { files: [...new Set(files)], hosted }
}

async function collectMatches(
  client: Parameters<typeof openMatches>[0],
  names: RematchNames,
  recognise: Recogniser,
  onProgress: (processes: number) => Promise<void>,
): Promise<number> {
  let found = 0
  let looked = 0
  for await (const processes of listUnmatchedProcesses(client, names)) {
    const matches = processes.flatMap((process) => {
      const { entryId, hostedEntryId } = recognise(process)
      return entryId === null ? [] : [{ ...process, entryId, hostedEntryId }]
    })
    await keepMatches(client, matches)
    found += matches.length
    looked += processes.length
    await onProgress(looked)
  }
  return found
}

/** Executions name the file they came from; these came from what was already stored, of a release that did not note from where. */
async function openSource(db: Db, entries: readonly StoredEntry[]): Promise<number> {
  const names = entries.map(({ name }) => name)
  const name = `Stored processes, matched again for ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`
  const upload = await createUpload(db, {
    channel: 'api',
    name,
    sizeBytes: null,
    state: 'done',
    hostOverride: null,
    actorName: 'catalogue',
  })
  const file = await openImportFile(db, upload, name, REMATCHED)
  await closeImportFile(db, file.id, 'done', null)
  return file.id
}
