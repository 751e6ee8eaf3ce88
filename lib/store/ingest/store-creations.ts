import type pg from 'pg'
import { copyRows } from '@/lib/store/copy'
import { ensureDictionary, launchCells } from '@/lib/store/dictionaries'
import { toTimestamp } from '@/lib/store/pool'
import { sql } from '@/lib/store/sql'
import { ensureCommandTexts } from './command-texts'
import { type Correlated, correlateBatch } from './correlate-batch'
import {
  EXECUTION_COLUMNS,
  executionCells,
  type IncomingCreation,
  type PlacedCreation,
  PROCESS_COLUMNS,
  processCells,
} from './creation-row'
import { findFreshDays, type HostDay } from './dirty-days'
import { findFresh, forgetProcesses } from './find-fresh'
import { type KnownFact, noteOverlap } from './overlap'
import { type RawRecord, storeRawRecords } from './raw-blocks'

/** `newExecutions`: those that no record stored before had told of. `days`: those that they can change. */
export type StoredCreations = {
  counts: CreationCounts
  newExecutions: ReadonlySet<IncomingCreation>
  days: HostDay[]
}

export type CreationCounts = {
  processes: number
  processesDuplicate: number
  executions: number
  executionsDuplicate: number
}

/** Makes sure that the files, users and command lines that creations name are in their dictionaries. */
export async function ensureNamed(pool: pg.Pool, placed: readonly PlacedCreation[]): Promise<void> {
  await Promise.all([
    ensureDictionary(
      pool,
      'image',
      distinct(placed, ({ imageId }) => imageId).map(({ image, imageId }) => [
        imageId,
        image.path,
        image.fileName,
        image.originalFileName,
        image.md5,
        image.sha1,
        image.sha256,
        image.imphash,
        image.signer,
      ]),
    ),
    ensureDictionary(
      pool,
      'launch',
      distinct(placed, ({ launchId }) => launchId).flatMap(({ launch, launchId }) =>
        launch && launchId ? [[launchId, ...launchCells(launch)] as const] : [],
      ),
    ),
    ensureDictionary(
      pool,
      'principal',
      distinct(placed, ({ principalId }) => principalId).flatMap(({ principal, principalId }) =>
        principal && principalId ? [[principalId, principal.name, principal.sid] as const] : [],
      ),
    ),
    ensureCommandTexts(
      pool,
      placed
        .flatMap(({ commandText, parentText }) => [commandText, parentText])
        .filter((text) => text !== null),
    ),
  ])
}

/** One creation of each name: a batch says the same few things again and again. */
function distinct(
  placed: readonly PlacedCreation[],
  idOf: (one: PlacedCreation) => string | null,
): PlacedCreation[] {
  return [...new Map(placed.map((one) => [idOf(one), one])).values()]
}

/** Notes what the file told again; and of processes that are this file's executions from now on, that those that told them first have told them too. */
async function noteTold(
  client: pg.PoolClient,
  importFileId: number,
  told: ReadonlyMap<PlacedCreation, KnownFact>,
  recognised: ReadonlySet<PlacedCreation>,
): Promise<void> {
  const again: KnownFact[] = []
  const before = new Map<number, KnownFact[]>()
  for (const [one, fact] of told)
    if (!recognised.has(one)) again.push(fact)
    else if (fact.fileId !== null) {
      const taken = before.get(fact.fileId) ?? []
      before.set(fact.fileId, taken)
      taken.push(asExecution(one, importFileId))
    }
  await noteOverlap(client, importFileId, again)
  for (const [first, taken] of before) await noteOverlap(client, first, taken)
}

function asExecution({ creation, host, rowId }: PlacedCreation, fileId: number): KnownFact {
  const day = toTimestamp(creation.event.time.us).slice(0, 10)
  return { fact: 'execution', fileId, aliasId: host.aliasId, day, id: rowId }
}

/**
 * Stores the creations that are not there yet, with the original records of executions, and finds which records are of one process.
 * Rows go straight to their tables: whoever holds the hosts' locks has seen that they are new.
 */
export async function storeCreations(
  client: pg.PoolClient,
  placed: readonly PlacedCreation[],
  severalSensors: readonly number[],
  importFileId: number,
): Promise<StoredCreations> {
  const proxies = placed.filter(({ creation }) => creation.entryId !== null)
  const { fresh: creations, known: told } = await findFresh(client, 'creation', placed)
  const known = namesOf(creations)
  const { fresh: executions } = await findFresh(client, 'execution', proxies, known)
  const executed = namesOf(executions)
  const others = creations.filter((one) => one.creation.entryId === null && !executed.has(one.name))
  await copyRows(
    client,
    'process',
    PROCESS_COLUMNS,
    map(others, (one) => processCells(one, importFileId)),
  )
  const recognised = executions.filter((one) => !known.has(one.name))
  await noteTold(client, importFileId, told, new Set(recognised))
  await forgetProcesses(
    client,
    recognised.map(({ key }) => key),
  )
  const originals = await storeRawRecords(client, executions.flatMap(toRawRecord))
  await copyRows(
    client,
    'execution',
    EXECUTION_COLUMNS,
    map(executions, (one, index) => executionCells(one, importFileId, originals.get(index))),
  )
  const { fewer, joined, days } = await correlate(client, executions, severalSensors)
  const counts = {
    processes: creations.length,
    processesDuplicate: placed.length - creations.length,
    executions: executions.length - fewer,
    executionsDuplicate: proxies.length - executions.length + fewer,
  }
  return {
    counts,
    newExecutions: withoutJoined(executions, joined),
    days: [...(await findFreshDays(client, [...creations, ...recognised], severalSensors)), ...days],
  }
}

/** A record that joins another's process tells of nothing new; nor does one that a record stored before joins. */
function withoutJoined(
  executions: readonly PlacedCreation[],
  joined: Correlated['joined'],
): Set<IncomingCreation> {
  const byId = new Map(executions.map((one) => [`${one.host.hostId} ${one.rowId}`, one.creation]))
  for (const { hostId, id, anchorId } of joined)
    if (!byId.delete(`${hostId} ${id}`)) byId.delete(`${hostId} ${anchorId}`)
  return new Set(byId.values())
}

function namesOf(creations: readonly PlacedCreation[]): Set<string> {
  return new Set(creations.map((one) => one.name))
}

/** Cells are made as they are written, not all before. */
function* map<T, R>(all: readonly T[], toCells: (one: T, index: number) => R): Generator<R> {
  let index = 0
  for (const one of all) yield toCells(one, index++)
}

function toRawRecord({ creation, host }: PlacedCreation, ordinal: number): RawRecord[] {
  const { event, original } = creation
  if (original === null) return []
  return [{ ordinal, ...host, day: toTimestamp(event.time.us).slice(0, 10), original }]
}

function correlate(
  client: pg.PoolClient,
  executions: readonly PlacedCreation[],
  severalSensors: readonly number[],
): Promise<Correlated> {
  const several = new Set(severalSensors)
  const fresh = executions.filter(({ host }) => several.has(host.hostId))
  const events = fresh.map(({ creation }) => creation.event)
  return correlateBatch(
    client,
    sql`unnest(${fresh.map(({ host }) => host.hostId)}::int[], ${events.map(({ pid }) => pid)}::bigint[],
          ${events.map(({ time }) => toTimestamp(time.us))}::timestamptz[]) AS fresh(host_id, pid, occurred_at)`,
    fresh.length === 0 ? [] : severalSensors,
  )
}

/** Of a batch without creations. */
export const NOTHING_CREATED: StoredCreations = {
  counts: { processes: 0, processesDuplicate: 0, executions: 0, executionsDuplicate: 0 },
  newExecutions: new Set(),
  days: [],
}
