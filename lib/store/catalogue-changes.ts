import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { CatalogueEntry as EntryRow } from '@/lib/store/generated/client'
import type { PrismaTransaction } from './prisma'

export type { EntryRow }

/** What people change of an entry. */
export type EntryValues = Omit<CatalogueEntry, 'slug' | 'namedInMission'>

/** Values as the columns take them. */
export function toColumns(values: EntryValues) {
  const { originalFileNames, paths, functions, attack, countermeasures, ...rest } = values
  return {
    ...rest,
    originalFileNames: [...originalFileNames],
    paths: [...paths],
    functions: [...functions],
    attack: [...attack],
    countermeasures: [...countermeasures],
  }
}

/** Closes the revision in force and opens one with the entry as it is now. An entry's first change also keeps what it was before. */
export async function writeRevision(
  tx: PrismaTransaction,
  before: EntryRow | null,
  after: EntryRow,
  accountId: string | null,
): Promise<void> {
  const at = after.updatedAt
  const closed = await tx.catalogueRevision.updateMany({
    where: { entryId: after.id, validTo: null },
    data: { validTo: at },
  })
  if (closed.count === 0 && before !== null)
    await tx.catalogueRevision.create({
      data: { entryId: before.id, validFrom: before.updatedAt, validTo: at, values: snapshot(before) },
    })
  await tx.catalogueRevision.create({
    data: { entryId: after.id, validFrom: at, values: snapshot(after), accountId },
  })
}

function snapshot({ id: _id, updatedAt: _at, retiredAt, ...values }: EntryRow) {
  return { ...values, retired: retiredAt !== null } satisfies Json
}
