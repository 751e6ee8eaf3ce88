import { childTrait } from '@/lib/pipeline/baseline/trait/child-trait'
import {
  type Contact,
  destinationTrait,
  namedContacts,
  type Query,
} from '@/lib/pipeline/baseline/trait/destination-trait'
import { moduleTrait } from '@/lib/pipeline/baseline/trait/module-trait'
import { type Traits, UNREPORTED } from '@/lib/pipeline/baseline/trait/traits'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { ChildRow, ContactRow, LoadedRow, Reported } from '@/lib/store/recompute/day-actions'
import type { RecordOfProcess } from '@/lib/store/recompute/day-executions'
import { byProcess } from './by-process'

/** The traits of a process, from its records (at least one) and its image's path. */
export type TraitsOf = (process: [RecordOfProcess, ...RecordOfProcess[]], image: string) => Traits

type Actions = {
  loaded: readonly LoadedRow[]
  contacts: readonly ContactRow[]
  children: readonly ChildRow[]
}

/** Reads the traits of a day's processes. `reported`: what hosts report that day; what they do not is unknown, not absent. */
export function traitReader(actions: Actions, reported: ReadonlyMap<number, Reported>): TraitsOf {
  const loaded = byProcess(actions.loaded)
  const contacts = byProcess(actions.contacts)
  const children = byProcess(actions.children)
  return (process, image) => {
    const [{ hostId, anchorId }] = process
    if (!process.some(({ hasPid }) => hasPid)) return UNREPORTED
    const key = `${hostId} ${anchorId}`
    const told = reported.get(hostId)
    return {
      module: toModules(loaded.get(key), image) ?? emptyIf(told?.modules.has(fileName(image))),
      destination: toDestinations(contacts.get(key)) ?? emptyIf(told?.network),
      child: childTrait((children.get(key) ?? []).map(({ path }) => path)),
    }
  }
}

function emptyIf(isReported: boolean | undefined): [] | null {
  return isReported === true ? [] : null
}

function toModules(rows: readonly LoadedRow[] | undefined, image: string): string[] | null {
  if (rows === undefined) return null
  return moduleTrait(
    rows.map(({ path, signed, signer, status }) => ({
      module: path,
      signed,
      signer,
      signatureStatus: status,
    })),
    image,
  )
}

function toDestinations(rows: readonly ContactRow[] | undefined): string[] | null {
  if (rows === undefined) return null
  const connections: Contact[] = []
  const queries: Query[] = []
  for (const { name, ip, port, initiated, answers } of rows)
    if (answers === null) connections.push({ name, ip, port, initiated })
    else queries.push({ name: name ?? '', answers })
  return destinationTrait(namedContacts(connections, queries))
}
